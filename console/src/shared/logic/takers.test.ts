import { expect, test } from 'vitest'
import type { Indicator, Person, Unit } from '@/shared/state/names'
import { takers } from './takers'

const item = (changes: Partial<Indicator> = {}): Indicator => ({ indicator: 'a', line: 'access', layers: ['division', 'person'], ...changes }) as Indicator
const units = [{ unit: 'D01', name: '注册科', kind: 'division', line: 'access', active: true }, { unit: 'D02', name: '商标科', kind: 'division', line: 'special_supervision', active: true }, { unit: 'S01', name: '一所', kind: 'station', line: 'access', active: true }, { unit: 'D03', name: '旧科', kind: 'division', line: 'access', active: false }, { unit: 'B', name: '分局', kind: 'bureau', line: 'all', active: true }] as Unit[]
const persons = [{ person: 'P1', name: '甲', unit: 'D01', line: 'access', active: true }, { person: 'P2', name: '乙', unit: 'D02', line: 'special_supervision', active: true }, { person: 'P3', name: '局长', unit: 'B', line: 'access', active: true }] as Person[]

test('an item is for its layers and its line, and for nobody who is not appraised', () => {
  expect(takers(item(), units, persons).map((one) => one.code)).toEqual(['D01', 'P1'])
  expect(takers(item({ line: 'all', layers: ['station', 'person'] }), units, persons).map((one) => one.code)).toEqual(['S01', 'P1', 'P2'])
})
