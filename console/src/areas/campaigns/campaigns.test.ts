import { expect, test } from 'vitest'
import type { Person, Unit } from '@/shared/state/names'
import { ballot, gradable, plan, raters, takesBack } from './campaigns'

test('a ballot holds whole answers only, half ones are counted', () => {
  const dimensions = [{ dimension: '态度', weight: '0.5' }, { dimension: '效率', weight: '0.5' }]
  expect(ballot({ dimensions }, { S01: { 态度: '优', 效率: '好' }, S02: { 态度: '差' }, S03: {} })).toEqual({ votes: { S01: { 态度: '优', 效率: '好' } }, half: 1 })
  expect(ballot({ dimensions: [] }, { P1: { '': '优' } })).toEqual({ votes: { P1: '优' }, half: 0 })
})

test('nobody grades themselves', () => {
  expect(gradable({ subjects: ['P1', 'P2'] }, 'P1')).toEqual(['P2'])
})

test('raters by preset: leaders, heads, colleagues', () => {
  const person = (code: string, unit: string, head: boolean, active = true): Person => ({ person: code, name: code, unit, line: '', position: '', head, active, revision: 1 })
  const units = new Map([['B00', { kind: 'bureau' }], ['D01', { kind: 'division' }], ['S01', { kind: 'station' }]] as unknown as [string, Unit][])
  const people = [person('P1', 'B00', true), person('P2', 'D01', true), person('P3', 'S01', true), person('P4', 'S01', false), person('P5', 'S01', false, false)]
  expect([raters('leaders', people, units, []), raters('divisionHeads', people, units, []), raters('stationHeads', people, units, []), raters('colleagues', people, units, ['P4'])]).toEqual([['P1'], ['P2'], ['P3'], ['P3', 'P4']])
})

test('peers are simulated as raters of one another, too few or too many not at all', () => {
  expect(plan(['P1', 'P2', 'P3'], ['P3', 'P2', 'P1'])).toEqual({ raters: 3 })
  expect(plan(['P1', 'P2', 'P3'], ['P4', 'P5', 'P6', 'P7'])).toEqual({ raters: 3, subjects: 4 })
  expect(plan(['P1', 'P2'], ['P3', 'P4', 'P5'])).toBeNull()
  expect(plan(Array.from({ length: 31 }, (_, at) => `P${at}`), ['P1', 'P2', 'P3'])).toBeNull()
})

test('a campaign is taken back by whoever opened it, before the first ballot', () => {
  const group = (voted: number): { group: string; voted: number; raters: number } => ({ group: 'a', voted, raters: 4 })
  const campaign = { status: 'open', created_by: 'P1', groups: [group(0), group(0)] } as const
  expect([takesBack({ ...campaign, groups: [...campaign.groups] }, 'P1'), takesBack({ ...campaign, groups: [group(0), group(1)] }, 'P1')]).toEqual(['yes', 'begun'])
  expect([takesBack({ ...campaign, groups: [group(0)] }, 'P2'), takesBack({ ...campaign, groups: [group(0)], status: 'closed' }, 'P1'), takesBack({ ...campaign, groups: [] }, undefined)]).toEqual([null, null, null])
})
