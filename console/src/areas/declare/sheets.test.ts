import { expect, test } from 'vitest'
import type { Period } from '@/shared/logic/dates'
import type { Indicator } from '@/shared/state/names'
import { type FilledForm, periodsOf } from './sheets'

const PERIODS: Period[] = [
  { code: '2026-Y', frequency: 'yearly', starts: '2026-01-01', ends: '2026-12-31' },
  { code: '2026-H1', frequency: 'half_yearly', starts: '2026-01-01', ends: '2026-06-30' },
  { code: '2026-Q2', frequency: 'quarterly', starts: '2026-04-01', ends: '2026-06-30' },
  { code: '2026-M05', frequency: 'monthly', starts: '2026-05-01', ends: '2026-05-31' },
  { code: '2026-M06', frequency: 'monthly', starts: '2026-06-01', ends: '2026-06-30' },
]
const item = (tool: string, category: string, frequency: string, changes: Partial<Indicator> = {}) => ({ tool, category, frequency, layers: ['person'], active: true, ...changes }) as Indicator
const ITEMS = [
  item('review', 'common', 'monthly'), item('electronic', 'common', 'quarterly'), item('review', 'professional', 'yearly', { layers: ['station'] }), item('review', 'common', 'half_yearly', { active: false }),
  item('accountability', 'common', 'yearly'), item('accountability', 'professional', 'half_yearly'), item('accountability', 'additional', 'monthly'), item('contribution', 'contribution', 'quarterly'),
]
const of = (form: FilledForm, month: string, layer = 'person'): string[] => periodsOf(form, PERIODS, month, ITEMS, layer).map((one) => one.code)

test('what is reviewed has a sheet of each period that ends with the month and has an item of the subject’s layer', () => {
  expect([of('review', '2026-M05'), of('review', '2026-M06'), of('review', '2026-M06', 'station')]).toEqual([['2026-M05'], ['2026-M06', '2026-Q2'], []])
})

test('orders and contributions have one of each period that the month lies in, the shortest first', () => {
  expect([of('accountability', '2026-M05'), of('contribution', '2026-M05'), of('temporary', '2026-M05')]).toEqual([['2026-H1', '2026-Y'], ['2026-Q2'], ['2026-M05']])
  expect(of('accountability', '2026-M07'), 'no such month').toEqual([])
})
