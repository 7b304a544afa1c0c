import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { getJson, sendJson } from '@/api/client'
import { useCycle } from '@/shared/state/cycle'
import { useMonth } from './month'
import type { Form, FormRow, Row } from './rows'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))
const PERIOD = { code: '2026-M03', frequency: 'monthly', starts: '2026-03-01', ends: '2026-03-31' }
const ITEM: FormRow = {
  indicator: '05-02-01', name: '巡查', tool: 'review', category: 'common', measure_unit: '户', full_points: '5', standard: '', required_evidence: '', target: '40',
  quantities: [{ key: 'done', label: '完成', machine: null, declared: null }], declaration: null, revision: null, status: null, self_points: null, points: null, remark: null, reason: null,
  evidence: [], not_applicable: false, declared_by: null, verified_by: null, assessed_by: null,
}
const form = (row: FormRow): Form => ({ subject: 'P1', name: '某', period: '2026-M03', starts: PERIOD.starts, ends: PERIOD.ends, fillable: true, rows: [row], names: {} })
beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  const cycle = useCycle()
  cycle.all = [{ cycle: '2026', starts: '2026-01-01', ends: '2026-12-31', status: 'open', revision: 1, periods: [PERIOD] }]
  cycle.chosen = '2026'
})
afterEach(() => { vi.useRealTimers(); vi.clearAllMocks() })

async function typedInto(row: FormRow, done: string): Promise<Row> {
  vi.mocked(getJson).mockImplementation((path: string) => Promise.resolve(path === 'forms/review' ? form(row) : { due_on: null, late: false }))
  const month = useMonth(() => 'P1', () => '2026-M03')
  await month.load()
  const [first] = month.rows.value
  if (!first) throw new Error('no row')
  first.typed.inputs.done = done
  month.tryOut(first)
  await vi.runAllTimersAsync()
  await flushPromises()
  return first
}

test('what is typed is tried by the target that was claimed', async () => {
  vi.mocked(sendJson).mockResolvedValue({ points: '4.25', explanation: '5 × min(1, 34 ÷ 40) = 4.25' })
  const row = await typedInto(ITEM, '34')
  expect(vi.mocked(sendJson).mock.calls).toEqual([['POST', 'cycles/2026/indicators/05-02-01/try', { counts: { done: '34' }, target: '40' }]])
  expect(row.trial?.points).toBe('4.25')
})

test('what the year leaves out has no points, and says why', async () => {
  vi.mocked(sendJson).mockResolvedValue({ points: null, explanation: '没有目标：没有分解到的不适用，满分不计入' })
  const row = await typedInto({ ...ITEM, target: null }, '34')
  expect(vi.mocked(sendJson).mock.calls[0]?.[2]).toEqual({ counts: { done: '34' }, target: null })
  expect(row.trial).toEqual({ points: null, explanation: '没有目标：没有分解到的不适用，满分不计入' })
})
