/** Codes that the console must have a word, a colour and a shape for. */
export const CATEGORIES = ['common', 'professional', 'contribution', 'additional'] as const
export type Category = (typeof CATEGORIES)[number]

export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'amber' | 'red' | 'outline'

const TONES: Record<string, Tone> = {
  draft: 'grey', declared: 'blue', verified: 'teal', assessed: 'green', recorded: 'outline', returned: 'amber',
  issued: 'blue', accepted: 'teal', refused: 'amber', completed: 'green', judged: 'outline', withdrawn: 'outline',
  screened: 'teal', settled: 'green', rejected: 'red', filed: 'blue', upheld: 'outline', changed: 'green',
  open: 'blue', closed: 'outline', published: 'green', approved: 'green', proposed: 'blue', confirmed: 'green', lifted: 'outline',
  registered: 'blue', assigned: 'blue', declined: 'outline', mediating: 'teal', mediated: 'green', ended: 'outline', overdue: 'red',
  reported: 'blue', drawn: 'blue', asked: 'amber', answered: 'teal', computed: 'blue', offered: 'blue',
}

export const toneOf = (status: string): Tone => TONES[status] ?? 'grey'
