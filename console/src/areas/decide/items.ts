/** What waits for a decision, as the API lists it; `may` where it says so, else the same rule told from its fields. */
export type Step = 'verify' | 'assess'
export interface Item {
  declaration: string; revision: number; indicator: string; subject: string; layer: string; unit: string; period: string; status: string; assessor: string
  counts: Record<string, string>; machine: Record<string, string> | null; machine_now: Record<string, string> | null; target: string | null; self_points: string; points: string; differs: boolean
  not_applicable: boolean; remark: string; evidence: string[]; reason: string; declared_by: string; verified_by: string | null; assessed_by: string | null; verifier: string
  due_on: string | null; may?: string[]; why_not?: Record<string, string> | null; subject_name?: string; indicator_name?: string; unit_name?: string; category?: string; measure_unit?: string; full_points?: string
}
export interface Detail extends Item {
  history: { revision: number; command: string; by: string; reason: string; on: string }[]; explanation: string | null
  steps?: { step: string; by: string; by_name?: string; at: string; reason?: string | null }[]
}
export interface Grant { role: string; scope: string; target?: string | null }
export interface Judge { person: string | null; grants: readonly Grant[] }

const has = (judge: Judge, role: string, target?: string): boolean => judge.grants.some((one) => one.role === role && (target === undefined || !one.target || one.target === target))

/** Nobody decides on what is their own: as the person, or as who declared it. */
export const isOwn = (judge: Judge, item: Item): boolean => judge.person !== null && (item.subject === judge.person || item.declared_by === judge.person)

export function mayVerify(judge: Judge, item: Item): boolean {
  if (item.may) return item.may.includes('verify')
  if (item.status !== 'declared' || isOwn(judge, item)) return false
  if (item.verifier === 'hr') return has(judge, 'hr')
  if (item.verifier === 'complaints_centre') return has(judge, 'complaints_centre')
  const unitsOwn = item.subject === item.unit
  return (!unitsOwn && has(judge, 'unit_head', item.unit)) || has(judge, 'leader')
}

export function mayAssess(judge: Judge, item: Item): boolean {
  if (item.may) return item.may.includes('assess')
  if (item.status !== 'verified' || isOwn(judge, item) || item.verified_by === judge.person) return false
  if (item.assessor === 'panel' || item.assessor === item.unit) return has(judge, 'panel')
  return has(judge, 'assessor', item.assessor)
}

export const may = (step: Step, judge: Judge, item: Item): boolean => (step === 'verify' ? mayVerify(judge, item) : mayAssess(judge, item))

/** What deserves a look: the machine says otherwise, the self-score is not what the rule gives, or it came back once. */
export function remarkable(item: Item): 'differs' | 'changed' | 'returned' | null {
  if (item.machine_now) return 'changed'
  if (item.differs) return 'differs'
  return item.reason ? 'returned' : null
}

export type Sort = 'subject' | 'indicator' | 'period'
export function ordered(items: readonly Item[], by: Sort): Item[] {
  const keys: Record<Sort, (item: Item) => string> = {
    subject: (item) => `${item.unit} ${item.subject} ${item.indicator} ${item.period}`,
    indicator: (item) => `${item.indicator} ${item.period} ${item.unit} ${item.subject}`,
    period: (item) => `${item.period} ${item.indicator} ${item.subject}`,
  }
  return [...items].sort((one, two) => keys[by](one).localeCompare(keys[by](two)))
}

/** The quantities in one cell: `21 / 21`. */
export const countsText = (counts: Record<string, string> | null): string => (counts ? Object.values(counts).join(' / ') : '—')
