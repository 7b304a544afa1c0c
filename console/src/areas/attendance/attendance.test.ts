import { expect, test } from 'vitest'
import { daysOf, decides, endable, length, months, sign } from './attendance'

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
  expect(decides({ person: 'P1', headed: 'S01', hr: true }, 'P1', 'S01')).toBe(false)
  expect(decides({ person: 'P1', headed: 'S01', hr: false }, 'P2', 'S01')).toBe(true)
  expect(decides({ person: 'P1', headed: 'S01', hr: false }, 'P3', 'S02')).toBe(false)
  expect(decides({ person: 'P1', headed: null, hr: true }, 'P3', null)).toBe(true)
})

test('a leave ends early only while something of it is left, and never one of hours', () => {
  const leave = { first: '2026-03-02', first_half: 'am', last: '2026-03-04', last_half: 'pm', from: null } as const
  expect(['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'].map((day) => endable(leave, day))).toEqual([false, true, true, false])
  expect([endable({ ...leave, first_half: 'pm' }, '2026-03-02'), endable({ ...leave, last_half: 'am' }, '2026-03-04'), endable({ ...leave, from: '2026-03-02T01:00:00Z' }, '2026-03-03')]).toEqual([false, false, false])
})
