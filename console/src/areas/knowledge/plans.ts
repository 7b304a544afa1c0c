import type { Schemas } from '@/api/client'

export type Plan = Schemas['GoodsPlanRecord']
export interface PlanFields { title: string; goods: string; quarter: string; wanted: number; unit: string; closed: boolean }
export interface Place { trader: string; name: string }

/** The quarters of this year and the next that are not over; one that a plan has already stays. */
export function quartersFrom(day: string, kept = ''): string[] {
  const year = Number(day.slice(0, 4))
  const now = `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
  const open = [year, year + 1].flatMap((each) => [1, 2, 3, 4].map((quarter) => `${each}-Q${quarter}`)).filter((one) => one >= now)
  return kept && !open.includes(kept) ? [kept, ...open] : open
}
export const planFields = (plan: Plan | null, quarter: string): PlanFields => (plan
  ? { title: plan.title, goods: plan.goods, quarter: plan.quarter, wanted: plan.wanted, unit: plan.unit ?? '', closed: plan.closed }
  : { title: '', goods: '', quarter, wanted: 10, unit: '', closed: false })

/** What is sent: of a new plan, or of a change of one as it was read; only a change closes it. */
export function planBody(plan: Plan | null, form: PlanFields, places: readonly Place[]): object {
  const { closed, ...fields } = form
  const body = { ...fields, title: form.title.trim(), goods: form.goods.trim(), unit: form.unit || null, traders: places.map((one) => one.trader) }
  return plan ? { ...body, closed, revision: plan.revision } : body
}
