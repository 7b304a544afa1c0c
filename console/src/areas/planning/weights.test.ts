import { expect, test } from 'vitest'
import { lastClosed, rowsOf } from './weights'

const scores = [
  { line: 'access', categories: { common: '80.0000', professional: '90.0000' } }, { line: 'access', categories: { common: '70.0000', professional: null } },
  { line: 'special_supervision', categories: { common: '60.0000', professional: '95.0000' } },
]
test('advice rests on those of the line who have a score at all', () => {
  expect(rowsOf('person/access', ['common', 'professional'], scores)).toEqual([{ common: '80.0000', professional: '90.0000' }, { common: '70.0000', professional: '0' }])
  expect(rowsOf('person/all', ['common', 'professional'], scores)).toHaveLength(3)
  expect(rowsOf('person/all', ['additional'], scores)).toEqual([])
  expect(rowsOf('person/all', ['common'], scores)).toEqual([{ common: '80.0000' }, { common: '70.0000' }, { common: '60.0000' }])
})

test('a proposal begins with the last closed questionnaire of each part', () => {
  const one = (questionnaire: string, part: string, status: 'open' | 'closed', at: string): Parameters<typeof lastClosed>[0][number] => ({ questionnaire, part, status, at })
  expect(lastClosed([one('a', 'p', 'closed', '2026-01-01'), one('b', 'p', 'closed', '2026-02-01'), one('c', 'p', 'open', '2026-03-01'), one('d', 'q', 'closed', '2026-01-01')])).toEqual(['b', 'd'])
})
