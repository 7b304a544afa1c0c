import { expect, test } from 'vitest'
import type { Indicator } from '@/shared/state/names'
import { orderable, ordered } from './issuing'

const item = (changes: Partial<Indicator> = {}): Indicator => ({ indicator: 'a', active: true, tool: 'accountability', rule: 'tier', assessor: 'D01', line: 'access', layers: ['division', 'person'], ...changes }) as Indicator

test('a section orders what it assesses, panel and leaders whatever is ordered at all', () => {
  const all = [item(), item({ indicator: 'b', assessor: 'D02' }), item({ indicator: 'c', tool: 'review' }), item({ indicator: 'd', rule: 'veto' }), item({ indicator: 'e', active: false })]
  expect(orderable(all, ['D01']).map((one) => one.indicator)).toEqual(['a'])
  expect(orderable(all, null).map((one) => one.indicator)).toEqual(['a', 'b'])
})

test('points that nobody filled in are not sent', () => {
  const form = { indicator: 'a', period: '2026-M11', title: ' 检查 ', standard: '全部', points: ' ', deadline: '2026-12-01', subjects: ['P1'] }
  expect(ordered(form)).toEqual({ indicator: 'a', period: '2026-M11', title: '检查', standard: '全部', deadline: '2026-12-01', subjects: ['P1'] })
  expect(ordered({ ...form, points: '２.5' })).toMatchObject({ points: '2.5' })
})
