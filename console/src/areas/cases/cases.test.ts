import { expect, test } from 'vitest'
import { type CaseInList, listAsked, running, similar } from './cases'

const case_ = (changes: object = {}): CaseInList => ({
  code: 'c', number: '2026-00001', kind: 'complaint', organisation: 'bureau', status: 'assigned', intake_unit: 'C01', unit: 'S01', handler: 'P20', received_at: '2026-11-20T01:00:00Z', registered_at: '2026-11-20T01:05:00Z',
  summary: '电热水壶使用三天后漏电', trader: '滨河路某家电经营部', assigned_at: '2026-11-20T02:00:00Z', contacted_at: null, decided_at: null, concluded_at: null, outcome: null, refusal_ground: null, recovered: null,
  voucher: false, perform_by: null, performed_on: null, must_tell: false, told_at: null, followed_up_at: null, answered: false, satisfaction: null, repeat_of: null, pauses: [], extended_at: null,
  deadlines: [{ name: 'accept', due: '2026-12-01', done: null, regime: '', article: '', state: 'running' }], revision: 1, ...changes,
}) as unknown as CaseInList

test('the clock that runs is the nearest one not yet met', () => {
  const two = [{ name: 'accept', due: '2026-12-01', done: '2026-11-28', regime: '', article: '', state: 'kept' }, { name: 'mediate', due: '2027-01-30', done: null, regime: '', article: '', state: 'running' }]
  expect(running(case_({ deadlines: two }))?.name).toBe('mediate')
})

test('a list asks for its queue, the nearest deadline first; everything and what is over for the latest first', () => {
  expect(listAsked({ show: 'mine', q: '水壶', kind: '', unit: 'S01' })).toEqual({ sort: 'due', queue: 'mine', q: '水壶', unit: 'S01' })
  expect(listAsked({ show: 'done', q: '', kind: 'report', unit: '' })).toEqual({ sort: '-received_at', queue: 'done', kind: 'report' })
  expect(listAsked({ show: 'all', q: '', kind: '', unit: '' })).toEqual({ sort: '-received_at' })
})

test('the same trader or the same words look like the same case', () => {
  const all = [case_(), case_({ code: 'd', trader: '别家', summary: '手机维修后同一故障再次出现' })]
  expect(similar(all, '某家电', '').map((one) => one.code)).toEqual(['c'])
  expect(similar(all, '', '手机维修后故障再次出现').map((one) => one.code)).toEqual(['d'])
  expect(similar(all, '', '')).toEqual([])
})
