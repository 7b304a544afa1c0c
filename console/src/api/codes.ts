/** Codes that the console must have a word, a colour and a shape for. */
export const CATEGORIES = ['common', 'professional', 'contribution', 'additional'] as const
export type Category = (typeof CATEGORIES)[number]
/** Under which stands what all lines share. */
export const ALL_LINES = 'all'

export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'amber' | 'red' | 'outline'

const TONES: Record<string, Tone> = {
  draft: 'grey', declared: 'blue', verified: 'teal', assessed: 'green', recorded: 'outline', returned: 'amber',
  issued: 'blue', accepted: 'teal', refused: 'amber', completed: 'green', judged: 'outline', withdrawn: 'outline',
  screened: 'teal', settled: 'green', rejected: 'red', filed: 'blue', upheld: 'outline', changed: 'green',
  open: 'blue', closed: 'outline', published: 'green', approved: 'green', proposed: 'blue', confirmed: 'green', lifted: 'outline',
  registered: 'blue', assigned: 'blue', declined: 'outline', mediating: 'teal', mediated: 'green', ended: 'outline', overdue: 'red',
  reported: 'blue', drawn: 'teal', announced: 'blue', cancelled: 'outline', found: 'green', unassigned: 'amber', corrected: 'amber', false: 'red', requested: 'blue', endorsed: 'teal', forwarded: 'teal', called: 'blue', done: 'green', failed: 'red',
  online: 'green', silent: 'red', elsewhere: 'red', moved: 'red', twice: 'red', drifting: 'amber', behind: 'amber', gap: 'amber', keyless: 'red', unknown: 'red', given: 'teal', expired: 'outline', quarantined: 'amber', active: 'green', retired: 'outline', running: 'blue', waiting: 'blue', asked: 'amber', answered: 'teal', computed: 'blue', offered: 'blue',
}

/** Where a word means something else in a list of its own. */
const IN_FAMILY: Record<string, Tone> = { 'veto_status.confirmed': 'red', 'veto_status.proposed': 'amber', 'claim_status.open': 'blue', 'campaign_status.closed': 'green' }

export const toneOf = (status: string, family = ''): Tone => IN_FAMILY[`${family}.${status}`] ?? TONES[status] ?? 'grey'
