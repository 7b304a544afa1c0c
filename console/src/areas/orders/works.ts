import type { Schemas } from '@/api/client'
import { isQuantity, typed } from '@/shared/logic/numbers'

export type Work = Schemas['WorkDocument']
export type WorkDeed = Work['may'][number]
export interface Filled { reason: string; counts: Record<string, string> | null }

/** Whether a step is refused without words; what was confirmed only is taken back without any. */
export const wordy = (work: Pick<Work, 'status'>, deed: WorkDeed): boolean => deed === 'return' || deed === 'reject' || (deed === 'take_back' && work.status !== 'confirmed')

export function ready(work: Work, deed: WorkDeed, { reason, counts }: Filled): boolean {
  if (wordy(work, deed) && !reason.trim()) return false
  return deed !== 'assess' || (!!counts && Object.keys(counts).length > 0 && Object.values(counts).every((value) => isQuantity(typed(value))))
}

/** Where a step is sent, and as what: the head confirms or returns what was reported, who assesses decides on what was confirmed. */
export function request(work: Work, deed: WorkDeed, { reason, counts }: Filled): { path: string; body: object } {
  const one = { work: work.work, revision: work.revision }
  const words = reason.trim() ? { reason: reason.trim() } : {}
  if (deed === 'withdraw') return { path: 'temporary-work/withdraw', body: { works: [one] } }
  if (deed === 'take_back') return { path: 'temporary-work/take-back', body: { works: [one], ...words } }
  if (deed === 'confirm' || (deed === 'return' && work.status === 'reported')) return { path: 'temporary-work/confirm', body: { decision: deed, works: [one], ...words } }
  return { path: 'temporary-work/assess', body: { decision: deed, works: [deed === 'assess' ? { ...one, counts } : one], ...words } }
}

/** What waits for the reader first, then the newest. */
export function sorted(works: readonly Work[]): Work[] {
  const waits = (one: Work): number => (one.may.some((deed) => deed === 'confirm' || deed === 'assess') ? 0 : 1)
  return [...works].sort((one, two) => waits(one) - waits(two) || two.done_on.localeCompare(one.done_on) || one.title.localeCompare(two.title, 'zh'))
}
