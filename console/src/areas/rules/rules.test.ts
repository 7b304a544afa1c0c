import { expect, test } from 'vitest'
import { type TimetableRule, daysOf, inOrder, laidDown } from './rules'

test('of a frequency the newest that has begun is laid down', () => {
  const rule = (frequency: string, since: string, declare: number): TimetableRule => ({ frequency, since, declare }) as TimetableRule
  const rules = [rule('monthly', '2026-01-01', 5), rule('monthly', '2026-07-01', 3), rule('yearly', '2026-01-01', 9)]
  expect([laidDown(rules, 'monthly', '2026-06-30')?.declare, laidDown(rules, 'monthly', '2026-07-01')?.declare, laidDown(rules, 'quarterly', '2026-07-01')]).toEqual([5, 3, null])
})

test('days are typed as a number or left out', () => {
  expect([daysOf('５'), daysOf(' '), daysOf('x'), daysOf('400')]).toEqual([5, '', null, null])
})

test('what is refused lies above what is asked about', () => {
  expect([inOrder('10', '100'), inOrder('100', '10'), inOrder('', '10'), inOrder('9', '10')]).toEqual([true, false, false, true])
})
