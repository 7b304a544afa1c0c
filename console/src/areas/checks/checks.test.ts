import { expect, test } from 'vitest'
import { addsTo, datedTerms, takesBack, termDays } from './checks'

test('of the terms of appeals the newest that has begun is in force', () => {
  const terms = [{ since: null, file_days: 5, decide_days: 10 }, { since: '2026-03-02', file_days: 7, decide_days: 10 }, { since: '2026-09-01', file_days: 9, decide_days: 10 }]
  const told = (day: string): string[] => datedTerms(terms, day).map((one) => `${one.file_days} ${one.state}`)
  expect(told('2026-03-01')).toEqual(['9 coming', '7 coming', '5 now'])
  expect(told('2026-03-02')).toEqual(['9 coming', '7 now', '5 past'])
  expect(told('2026-12-31')).toEqual(['9 now', '7 past', '5 past'])
})

test('days of a term are typed as the API takes them', () => {
  expect(['1', '１２０', '0', '121', '', '3.5'].map(termDays)).toEqual([1, 120, null, null, null, null])
})

test('a finding is taken back by whoever found it, until its check is closed', () => {
  const found = { status: 'found' as const, found_by: 'P1', spot_check: 'C1' }
  expect(takesBack(found, 'P1', new Set(['C1']))).toBe(true)
  expect(takesBack(found, 'P2', new Set(['C1']))).toBe(false)
  expect(takesBack(found, 'P1', new Set(['C2'])), 'closed').toBe(false)
  expect(takesBack({ ...found, status: 'assigned', found_by: null }, 'P1', new Set(['C1']))).toBe(false)
  expect(takesBack({ ...found, found_by: null }, null, new Set(['C1'])), 'who has an account alone').toBe(false)
})

test('files are put to a check by its inspector and by whose item it is, until there is a finding', () => {
  const one = { status: 'assigned' as const, inspector: 'P1', subject: 'P2' }
  expect([addsTo(one, 'P1', null), addsTo(one, 'P2', null), addsTo(one, 'P3', null), addsTo({ ...one, subject: 'S01' }, 'P3', 'S01')]).toEqual([true, true, false, true])
  expect(addsTo({ ...one, status: 'found' }, 'P1', null)).toBe(false)
  expect(addsTo({ ...one, inspector: null }, null, null), 'who has an account alone').toBe(false)
})
