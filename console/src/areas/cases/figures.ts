import type { Schemas } from '@/api/client'

export type CaseMonth = Schemas['ClosedCaseMonth']
/** What a share of successful mediations is reckoned over. */
export const OVER = ['concluded', 'accepted', 'mediated'] as const

/** The months of a year up to now, the newest first: those that are over are closed by the centre, again where something came in since. */
export function monthsTo(now: string, count: number, closed: readonly CaseMonth[]): { month: string; closed: CaseMonth | null; over: boolean }[] {
  const known = new Map(closed.map((one) => [one.month, one]))
  const [year = 0, month = 1] = now.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + month - 1 - back
    const name = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    return { month: name, closed: known.get(name) ?? null, over: back > 0 }
  })
}
