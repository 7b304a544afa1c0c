import type { Period } from '@/shared/logic/dates'
import type { Step as TakenStep, Version } from '@/shared/logic/steps'

export type Step = 'verify' | 'assess'
/** What waits for one's decision, or what one has decided and may still take back; the API says which. */
export type Show = 'waiting' | 'mine'
export interface Warning { code: string; zh: string; en: string }
export interface Item {
  declaration: string; revision: number; indicator: string; subject: string; layer: string; unit: string; period: string; status: string; assessor: string
  counts: Record<string, string>; machine: Record<string, string> | null; machine_now: Record<string, string> | null; target: string | null; self_points: string; points: string; differs: boolean
  not_applicable: boolean; remark: string; evidence: string[]; reason: string; declared_by: string; verified_by: string | null; assessed_by: string | null; verifier: string
  due_on: string | null; may?: string[]; warnings?: Warning[]; subject_name?: string; indicator_name?: string; unit_name?: string; category?: string; measure_unit?: string; full_points?: string
}
export interface Detail extends Item {
  explanation: string | null
  steps: readonly TakenStep[]; history: readonly Version[]
}
/** What deserves a look: the machine says otherwise, something is missing, or it came back once. */
export function remarkable(item: Item): 'differs' | 'changed' | 'warned' | 'returned' | null {
  if (item.machine_now) return 'changed'
  if (item.differs) return 'differs'
  if (item.warnings?.length) return 'warned'
  return item.reason ? 'returned' : null
}

/** What is asked of the API for a page of decisions; `mine` is about one period, as what was decided grows all year. */
export const queryOf = (step: Step, show: Show, period: string): Record<string, string | boolean> =>
  show === 'waiting' ? { waiting: step } : { status: step === 'verify' ? 'verified' : 'assessed', may: true, period }

export type Sort = 'subject' | 'indicator' | 'period'
export function ordered(items: readonly Item[], by: Sort): Item[] {
  const keys: Record<Sort, (item: Item) => string> = {
    subject: (item) => `${item.unit} ${item.subject} ${item.indicator} ${item.period}`,
    indicator: (item) => `${item.indicator} ${item.period} ${item.unit} ${item.subject}`,
    period: (item) => `${item.period} ${item.indicator} ${item.subject}`,
  }
  const key = keys[by]
  return items.map((item) => ({ item, key: key(item) })).sort((one, two) => (one.key < two.key ? -1 : one.key > two.key ? 1 : 0)).map((one) => one.item)
}

/** The periods of which something can be recorded, those that have begun: first the ended ones, the last of them first. */
export function recordable(periods: readonly Period[], now: string): Period[] {
  const begun = [...periods].filter((one) => one.starts <= now).sort((one, two) => two.ends.localeCompare(one.ends) || two.starts.localeCompare(one.starts))
  return [...begun.filter((one) => one.ends < now), ...begun.filter((one) => one.ends >= now)]
}

/** The quantities in one cell: `21 / 21`. */
export const countsText = (counts: Record<string, string> | null): string => (counts ? Object.values(counts).join(' / ') : '—')
