import { expect, test } from 'vitest'
import { toneOf, weeks } from './month'

test('a month is whole weeks from Monday on', () => {
  const found = weeks('2026-11', [{ day: '2026-11-02', halves: ['present', 'present'] }])
  expect([found.length, found[0]?.[0]?.day, found[5]?.[0]?.day, found[5]?.[6]?.inMonth]).toEqual([6, '2026-10-26', '2026-11-30', false])
  expect(found[1]?.[0]?.tone).toBe('good')
})

test('a day is odd, away with a reason, good or free', () => {
  const days = [{ day: '', late: 1 }, { day: '', halves: ['annual', 'present'] }, { day: '', halves: ['present', 'present'], missed: ['depart'] }, { day: '', halves: ['absent', 'present'] }]
  expect(days.map(toneOf)).toEqual(['odd', 'away', 'odd', 'odd'])
  expect(toneOf(null)).toBe('free')
})
