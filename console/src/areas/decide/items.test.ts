import { expect, test } from 'vitest'
import { type Item, ordered, queryOf, recordable, remarkable } from './items'

const item = (changes: Partial<Item> = {}): Item => ({
  declaration: 'd', revision: 1, indicator: '02', subject: 'P20', layer: 'person', unit: 'S01', period: '2026-M10', status: 'declared', assessor: 'D10', counts: {}, machine: null,
  machine_now: null, target: null, self_points: '1', points: '1', differs: false, not_applicable: false, remark: '', evidence: [], reason: '', declared_by: 'P20', verified_by: null, assessed_by: null,
  verifier: 'head', due_on: null, ...changes,
})
test('what waits is told by the API; what one has decided is looked for among its next state, a period at a time', () => {
  expect(queryOf('assess', 'waiting', '2026-M10')).toEqual({ waiting: 'assess' })
  expect([queryOf('verify', 'mine', '2026-M10'), queryOf('assess', 'mine', '2026-M10')]).toEqual([{ status: 'verified', may: true, period: '2026-M10' }, { status: 'assessed', may: true, period: '2026-M10' }])
})

test('items are ordered by people or by indicator, and what differs from the machine is marked', () => {
  const items = [item({ indicator: '09', subject: 'P20' }), item({ indicator: '01', subject: 'P21' })]
  expect(ordered(items, 'subject').map((one) => one.subject)).toEqual(['P20', 'P21'])
  expect(ordered(items, 'indicator').map((one) => one.indicator)).toEqual(['01', '09'])
  expect([remarkable(item({ differs: true })), remarkable(item({ warnings: [{ code: 'evidence.missing', zh: '', en: '' }] })), remarkable(item())]).toEqual(['differs', 'warned', null])
})

test('of the periods that have begun the last that ended is recorded first, what runs comes last', () => {
  const period = (code: string, starts: string, ends: string): { code: string; frequency: string; starts: string; ends: string } => ({ code, frequency: '', starts, ends })
  const periods = [period('Y', '2026-01-01', '2026-12-31'), period('M01', '2026-01-01', '2026-01-31'), period('M02', '2026-02-01', '2026-02-28'), period('M03', '2026-03-01', '2026-03-31'), period('M04', '2026-04-01', '2026-04-30')]
  expect(recordable(periods, '2026-03-15').map((one) => one.code)).toEqual(['M02', 'M01', 'Y', 'M03'])
  expect(recordable(periods, '2025-12-31')).toEqual([])
})
