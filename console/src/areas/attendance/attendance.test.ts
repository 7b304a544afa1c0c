import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { HOURLY, type Line, type Standing, WHOLE, assignable, daysOf, decides, endable, hoursOf, length, months, rotationText, sign, spanText, toSign, waitsFor } from './attendance'

test('what goes by the hour is what the API takes so', () => {
  const words = readFileSync(resolve(import.meta.dirname, '../../../../shared/vocabulary/attendance.py'), 'utf8')
  expect([...(/BY_THE_HOUR = \(([^)]*)\)/.exec(words)?.[1] ?? '').matchAll(/"(\w+)"/g)].map((found) => found[1])).toEqual([...HOURLY])
})

test('months go back over the turn of the year, days end where the month does', () => {
  expect(months('2026-02-03', 3)).toEqual(['2026-02', '2026-01', '2025-12'])
  expect([daysOf('2026-02').length, daysOf('2028-02').length, daysOf('2026-12')[30]]).toEqual([28, 29, '2026-12-31'])
})

test('a leave counts its halves', () => {
  expect(length({ first: '2026-03-02', first_half: 'am', last: '2026-03-02', last_half: 'pm' })).toBe(1)
  expect(length({ first: '2026-03-02', first_half: 'pm', last: '2026-03-04', last_half: 'am' })).toBe(2)
})

test('a day shows what matters most', () => {
  expect([undefined, { day: '', halves: ['absent', 'present'], late: 1 }, { day: '', late: 1 }, { day: '', halves: ['annual', 'present'] }, { day: '', halves: ['present', 'present'] }, { day: '', halves: ['due', 'due'] }].map(sign)).toEqual(['free', 'absent', 'late', 'away', 'good', 'due'])
})

test('nobody decides on their own leave, a head on the unit, HR on all others', () => {
  expect(decides({ person: 'P1', headed: 'S01', hr: true, leader: false }, 'P1', 'S01')).toBe(false)
  expect(decides({ person: 'P1', headed: 'S01', hr: false, leader: false }, 'P2', 'S01')).toBe(true)
  expect(decides({ person: 'P1', headed: 'S01', hr: false, leader: false }, 'P3', 'S02')).toBe(false)
  expect(decides({ person: 'P1', headed: null, hr: true, leader: false }, 'P3', null)).toBe(true)
})

test('a leave ends early only while something of it is left, and one of hours only within them', () => {
  const leave = { first: '2026-03-02', first_half: 'am', last: '2026-03-04', last_half: 'pm', from: null } as const
  expect(['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'].map((day) => endable(leave, day))).toEqual([false, true, true, false])
  expect([endable({ ...leave, first_half: 'pm' }, '2026-03-02'), endable({ ...leave, last_half: 'am' }, '2026-03-04'), endable({ ...leave, from: '2026-03-02T01:00:00Z' }, '2026-03-03')]).toEqual([false, false, false])
})

test('a leave waits for the head, what is long for human resources, what is longest for a leader; nobody has their own', () => {
  const who = { person: 'P1', headed: 'S01', hr: false, leader: false }
  const leave = (status: string, person = 'P2') => ({ person, unit: 'S01', status }) as Parameters<typeof waitsFor>[1]
  const waiting = (one: typeof who, person = 'P2') => ['requested', 'endorsed', 'forwarded', 'approved'].filter((status) => waitsFor(one, leave(status, person)))
  expect([waiting(who), waiting({ ...who, headed: '', hr: true }), waiting({ ...who, headed: '', leader: true }), waiting({ ...who, hr: true, leader: true }, 'P1')]).toEqual([['requested'], ['requested', 'endorsed'], ['forwarded'], []])
})

test('what is taken by the hour tells its hours and ends at the minute', () => {
  const leave = { first: '2026-03-02', first_half: 'am', last: '2026-03-02', last_half: 'pm', from: '2026-03-02T01:00:00Z', to: '2026-03-02T03:30:00Z' } as Parameters<typeof spanText>[0]
  expect([spanText(leave, String).slice(-11), hoursOf(leave.from ?? '', leave.to ?? '')]).toEqual(['09:00—11:30', '2:30'])
  expect(['2026-03-02T00:59:00Z', '2026-03-02T02:00:00Z', '2026-03-02T03:30:00Z'].map((at) => endable(leave, '2026-03-02', at))).toEqual([false, true, false])
})

test('a rotation is read day by day, with its days of rest', () => {
  expect(rotationText(['day', 'night', null], (one) => ({ day: '白班', night: '夜班' })[one] ?? one, '休')).toBe('白班、夜班、休')
})

test('nobody is the whole bureau by omission, and the whole bureau only once somebody is sure', () => {
  const asked = { person: '', way: 'shift' as const, shift: 'day', rotation: ['', 'rest'], starts: '2026-03-02', ends: '' }
  expect(assignable(asked, true)).toBe(false)
  expect(assignable({ ...asked, person: 'P0001' }, false)).toBe(true)
  expect([false, true].map((sure) => assignable({ ...asked, person: WHOLE }, sure))).toEqual([false, true])
  expect(assignable({ ...asked, person: WHOLE, way: 'exempt' }, true)).toBe(false)
  expect(assignable({ ...asked, person: 'P0001', ends: '2026-03-01' }, false)).toBe(false)
})

test('whoever may sign a line does so once, and again where it changed', () => {
  const line = (person: string, may: Standing[], signatures: Line['signatures'] = []): Pick<Line, 'person' | 'may' | 'signatures'> => ({ person, may, signatures })
  const by = (standing: Standing, stale: boolean): Line['signatures'] => [{ standing, name: '甲', at: '2026-02-01T00:00:00Z', revision: 1, stale }]
  const lines = [line('P1', ['person', 'hr']), line('P2', ['hr'], by('hr', false)), line('P3', ['hr'], by('hr', true)), line('P4', [])]
  expect(toSign(lines, 'hr')).toEqual(['P1', 'P3'])
  expect(toSign(lines, 'person')).toEqual(['P1'])
  expect(toSign(lines, 'head')).toEqual([])
})
