import { afterEach, expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { CHECKED, appealedLast, checkedLast, decidedOf, standingIn, thing } from './objects'

vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), getJson: vi.fn() }))
const asked = vi.mocked(getJson)
afterEach(() => asked.mockReset())
const signal = new AbortController().signal
const appeal = (kind: string) => ({ kind, object: 'o', cycle: '2026', subject: 'P20' })

test('an order or a contribution is read by itself, wherever it would stand in a list', async () => {
  const stands = { counts: { done: '3' }, target: '40' }
  asked.mockResolvedValue(stands)
  expect((await thing('task_order', 'o', '2026', signal)).counts).toEqual({ done: '3' })
  expect([await standingIn(appeal('judgement'), signal), await standingIn(appeal('settlement'), signal), await standingIn(appeal('assessment'), signal)]).toEqual([stands, stands, stands])
  expect(asked.mock.calls.map(([path]) => path)).toEqual(['task-orders/o', 'task-orders/o', 'contributions/o', 'declarations/o'])
})

test('a finding is looked for on every page of the inspections, and its target in what was inspected', async () => {
  asked.mockResolvedValueOnce({ items: [{ inspection: 'other' }], next: 'n' }).mockResolvedValueOnce({ items: [{ inspection: 'o', kind: 'declaration', item: 'd', counts_after: null, counts_before: { done: '2' } }], next: null }).mockResolvedValueOnce({ counts: { done: '9' }, target: '40' })
  expect(await standingIn(appeal('finding'), signal)).toEqual({ counts: { done: '2' }, target: '40' })
  expect(asked.mock.lastCall?.[0]).toBe('declarations/d')
})

test('a veto or a whole score has no quantities', async () => {
  expect([await standingIn(appeal('veto'), signal), await standingIn(appeal('score'), signal)]).toEqual([null, null])
  expect(asked).not.toHaveBeenCalled()
})

test('only what counts can be checked on the spot, and is told by title, item, period and points', async () => {
  asked.mockResolvedValue({ items: [
    { order: 'o1', status: 'judged', indicator: 'A', indicator_name: '专项检查', title: '冷库排查', period: '2026-M03', points: '2.50' },
    { order: 'o2', status: 'completed', indicator: 'A', title: '未评定的', period: '2026-M03' },
  ], next: null })
  const found = await decidedOf(CHECKED.task_order, '2026', 'P20', (code) => code, signal)
  expect(found.map((one) => one.id)).toEqual(['o1'])
  expect(found[0]?.text).toMatch(/^冷库排查 · .*3.* · 2\.5/)
  expect(asked.mock.calls[0]?.slice(0, 2)).toEqual(['task-orders', { cycle: '2026', subject: 'P20', limit: 500, after: undefined }])
})

test('what was appealed against already stands last and is told so; an appeal taken back counts for nothing', async () => {
  asked.mockResolvedValue({ items: [{ object: 'a', status: 'upheld' }, { object: 'b', status: 'withdrawn' }], next: null })
  const shown = await appealedLast([{ id: 'a', text: 'A' }, { id: 'b', text: 'B' }, { id: 'c', text: 'C' }], '2026', 'finding', 'P20', (text, status) => `${text} ${status}`, signal)
  expect(shown).toEqual([{ id: 'b', text: 'B' }, { id: 'c', text: 'C' }, { id: 'a', text: 'A upheld' }])
  expect(asked.mock.calls[0]?.slice(0, 2)).toEqual(['appeals', { cycle: '2026', kind: 'finding', subject: 'P20', limit: 500, after: undefined }])
})

test('what an inspector has in hand stands last among what can be checked on the spot', async () => {
  asked.mockResolvedValue({ items: [{ item: 'a', status: 'assigned' }, { item: 'b', status: 'found' }], next: null })
  expect(await checkedLast([{ id: 'a', text: 'A' }, { id: 'b', text: 'B' }], '2026', 'P20', (text) => `${text} in hand`, signal)).toEqual([{ id: 'b', text: 'B' }, { id: 'a', text: 'A in hand' }])
})
