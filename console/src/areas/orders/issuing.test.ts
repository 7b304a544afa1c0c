import { expect, test } from 'vitest'
import type { Indicator, Person, Unit } from '@/shared/state/names'
import { orderable, ordered, takers } from './issuing'

const item = (changes: Partial<Indicator> = {}): Indicator => ({ indicator: 'a', active: true, tool: 'accountability', rule: 'tier', assessor: 'D01', line: 'access', layers: ['division', 'person'], ...changes }) as Indicator
const units = [{ unit: 'D01', name: '注册科', kind: 'division', line: 'access', active: true }, { unit: 'D02', name: '商标科', kind: 'division', line: 'special_supervision', active: true }, { unit: 'S01', name: '一所', kind: 'station', line: 'access', active: true }, { unit: 'D03', name: '旧科', kind: 'division', line: 'access', active: false }, { unit: 'B', name: '分局', kind: 'bureau', line: 'all', active: true }] as Unit[]
const persons = [{ person: 'P1', name: '甲', unit: 'D01', line: 'access', active: true }, { person: 'P2', name: '乙', unit: 'D02', line: 'special_supervision', active: true }, { person: 'P3', name: '局长', unit: 'B', line: 'access', active: true }] as Person[]

test('a section orders what it assesses, panel and leaders whatever is ordered at all', () => {
  const all = [item(), item({ indicator: 'b', assessor: 'D02' }), item({ indicator: 'c', tool: 'review' }), item({ indicator: 'd', rule: 'veto' }), item({ indicator: 'e', active: false })]
  expect(orderable(all, ['D01']).map((one) => one.indicator)).toEqual(['a'])
  expect(orderable(all, null).map((one) => one.indicator)).toEqual(['a', 'b'])
})

test('an order goes to whom the item belongs, its layers and its line, and to nobody who is not appraised', () => {
  expect(takers(item(), units, persons).map((one) => one.code)).toEqual(['D01', 'P1'])
  expect(takers(item({ line: 'all', layers: ['station', 'person'] }), units, persons).map((one) => one.code)).toEqual(['S01', 'P1', 'P2'])
})

test('points that nobody filled in are not sent', () => {
  const form = { indicator: 'a', period: '2026-M11', title: ' 检查 ', standard: '全部', points: ' ', deadline: '2026-12-01', subjects: ['P1'] }
  expect(ordered(form)).toEqual({ indicator: 'a', period: '2026-M11', title: '检查', standard: '全部', deadline: '2026-12-01', subjects: ['P1'] })
  expect(ordered({ ...form, points: '２.5' })).toMatchObject({ points: '2.5' })
})
