import type { Schemas } from '@/api/client'
import { compared, isQuantity, typed, wholeNumber } from '@/shared/logic/numbers'

export type Dated = Pick<Schemas['DeclarationRule'], 'default' | 'least' | 'most' | 'dated'>
export type TimetableRule = Schemas['TimetableRuleDocument']
export const FREQUENCIES = ['monthly', 'quarterly', 'half_yearly', 'yearly'] as const
export const TERMS = ['declare', 'verify', 'assess', 'correct', 'remind', 'escalate'] as const
export type Term = (typeof TERMS)[number]

/** What is laid down of a frequency on a day, the newest of those that began before it. */
export function laidDown(rules: readonly TimetableRule[], frequency: string, day: string): TimetableRule | null {
  return [...rules].filter((one) => one.frequency === frequency && one.since <= day).sort((one, two) => two.since.localeCompare(one.since))[0] ?? null
}

/** What is typed of a number of days: nothing where nothing is laid down. Null is no number at all. */
export const daysOf = (text: string): number | '' | null => (typed(text) ? wholeNumber(text, 0, 366) : '')

/** Whether two bounds stand in order: what is refused lies above what is asked about. */
export function inOrder(confirm: string, refuse: string): boolean {
  const [low, high] = [typed(confirm), typed(refuse)]
  return isQuantity(low) && isQuantity(high) && compared(low, high) <= 0 && compared(high, '0') > 0
}
