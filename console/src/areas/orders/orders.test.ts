import { expect, test } from 'vitest'
import { type Holder, type Order, deeds, risk, sorted } from './orders'

const order = (changes: Partial<Order> = {}): Order => ({
  order: 'o', revision: 1, indicator: 'i', subject: 'P20', layer: 'person', unit: 'S01', period: '2026-M11', status: 'accepted', title: 't', standard: '', points: null, issued_on: '2026-11-01',
  deadline: '2026-11-30', percent: 50, notes: [], completed_on: null, counts: {}, issued_by: 'P1', judged_by: null, overdue: false, assessor: 'D10', ...changes,
})
const who = (person: string, roles: string[] = [], assesses: string[] = []): Holder => ({ person, headed: null, has: (...wanted) => wanted.some((one) => roles.includes(one)), assesses: new Set(assesses) })

test('who works on it reports, who issued it judges what is completed, nobody judges their own', () => {
  expect(deeds(order(), who('P20'))).toEqual(['progress', 'complete'])
  expect(deeds(order({ status: 'completed' }), who('P11', [], ['D10']))).toEqual(['judge', 'send_back'])
  expect(deeds(order({ status: 'completed' }), who('P20', ['panel']))).toEqual([])
  expect(deeds(order({ may: ['accept'] }), who('P9'))).toEqual(['accept'])
})

test('open ones stand first by deadline', () => {
  const list = [order({ order: 'done', status: 'judged', deadline: '2026-01-01' }), order({ order: 'later', deadline: '2026-12-20' }), order({ order: 'soon' })]
  expect(sorted(list).map((one) => one.order)).toEqual(['soon', 'later', 'done'])
})

test('an order is behind when more of its days are gone than of its work is done', () => {
  expect([risk(order(), '2026-11-16'), risk(order({ percent: 10 }), '2026-11-16'), risk(order(), '2026-12-01'), risk(order({ status: 'judged' }), '2026-12-01')]).toEqual([null, 'behind', 'overdue', null])
})
