import { expect, test } from 'vitest'
import type { Indicator, Person, Unit } from '@/shared/state/names'
import { type Improvement, carriers, mayStep, subjectsOf } from './improvements'

const indicator = (changes: Partial<Indicator>): Indicator => ({ indicator: 'x', active: true, tool: 'accountability', rule: 'ratio', layers: ['person'], line: 'all', ...changes }) as Indicator

test('a task is ordered under an item of accountability of the same layer and line, not under a veto', () => {
  const all = [indicator({}), indicator({ tool: 'review' }), indicator({ rule: 'veto' }), indicator({ layers: ['station'] }), indicator({ line: 'access' })]
  expect(carriers(all, 'person', 'enforcement_support')).toEqual([all[0]])
  expect(carriers(all, 'person', 'access')).toEqual([all[0], all[4]])
})

test('a head proposes for the own unit and its people, who watches over all for everybody there', () => {
  const units = [{ unit: 'S01', name: '所', kind: 'station', line: 'all', active: true }, { unit: 'D01', name: '科', kind: 'division', line: 'access', active: true }, { unit: 'B00', name: '局', kind: 'bureau', line: 'all', active: true }] as Unit[]
  const persons = [{ person: 'P1', name: '甲', unit: 'S01', line: 'access', active: true }, { person: 'P2', name: '乙', unit: 'D01', line: 'access', active: false }] as Person[]
  expect(subjectsOf(units, persons, 'S01', false).map((one) => [one.code, one.layer])).toEqual([['S01', 'station'], ['P1', 'person']])
  expect(subjectsOf(units, persons, null, true).map((one) => one.code)).toEqual(['S01', 'D01', 'P1'])
})

test('nobody orders a measure to themselves or to the unit they head', () => {
  const one = { subject: 'P1' } as Improvement
  expect([mayStep(one, 'P2', null), mayStep(one, 'P1', null), mayStep(one, null, null), mayStep({ subject: 'S01' } as Improvement, 'P2', 'S01')]).toEqual([true, false, false, false])
})
