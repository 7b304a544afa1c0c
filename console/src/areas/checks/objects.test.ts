import { afterEach, expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { CHECKED, decidedOf, standingIn, thing } from './objects'

vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), getJson: vi.fn() }))
const asked = vi.mocked(getJson)
afterEach(() => asked.mockReset())
const signal = new AbortController().signal
const appeal = (kind: string) => ({ kind, object: 'o', cycle: '2026', subject: 'P20' })

test('an order or a contribution is read by itself, wherever it would stand in a list', async () => {
  asked.mockResolvedValue({ counts: { done: '3' } })
  expect((await thing('task_order', 'o', '2026', signal)).counts).toEqual({ done: '3' })
  expect([await standingIn(appeal('judgement'), signal), await standingIn(appeal('settlement'), signal), await standingIn(appeal('assessment'), signal)]).toEqual([{ done: '3' }, { done: '3' }, { done: '3' }])
  expect(asked.mock.calls.map(([path]) => path)).toEqual(['task-orders/o', 'task-orders/o', 'contributions/o', 'declarations/o'])
})

test('a finding is looked for on every page of the inspections', async () => {
  asked.mockResolvedValueOnce({ items: [{ inspection: 'other' }], next: 'n' }).mockResolvedValueOnce({ items: [{ inspection: 'o', counts_after: null, counts_before: { done: '2' } }], next: null })
  expect(await standingIn(appeal('finding'), signal)).toEqual({ done: '2' })
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
