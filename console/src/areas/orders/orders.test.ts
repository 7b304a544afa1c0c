import { expect, test } from 'vitest'
import { type Filled, type Order, ready, request, risk, sorted } from './orders'

const order = (changes: Partial<Order> = {}): Order => ({
  order: 'o', revision: 1, cycle: '2026', indicator: 'i', indicator_name: 'i', subject: 'P20', subject_name: '', layer: 'person', unit: 'S01', unit_name: '', period: '2026-M11', status: 'accepted', title: 't', standard: '',
  points: null, target: null, issued_on: '2026-11-01', deadline: '2026-11-30', deadlines: [], percent: 50, notes: [], completed_on: null, counts: {}, issued_by: 'P1', issued_by_name: '', judged_by: null, judged_by_name: null,
  reported_on: null, origin: 'ordered', overdue: false, assessor: 'D10', assessor_name: '', may: [], why_not: {}, ...changes,
})
const filled = (changes: Partial<Filled> = {}): Filled => ({ note: '', percent: 50, day: '', counts: {}, ...changes })

test('a question goes where inquiries are asked, with the day of its answer', () => {
  expect(request(order(), 'ask', filled({ note: ' 为何未报进度 ', day: '2026-11-20' }))).toEqual({ path: 'task-orders/inquiries', body: { inquiries: [{ order: 'o', question: '为何未报进度', answer_by: '2026-11-20' }] } })
})

test('a step carries what its operation asks for and nothing else', () => {
  const sent = (deed: Order['may'][number]): unknown => request(order(), deed, filled({ note: '因', day: '2026-12-10', percent: 80, counts: { done: '３' } }))
  const one = { order: 'o', revision: 1, note: '因' }
  expect(sent('postpone')).toEqual({ path: 'task-orders/postpone', body: { orders: [{ ...one, deadline: '2026-12-10' }] } })
  expect(sent('progress')).toEqual({ path: 'task-orders/progress', body: { orders: [{ ...one, percent: 80 }] } })
  expect(sent('judge')).toEqual({ path: 'task-orders/judge', body: { orders: [{ ...one, counts: { done: '3' } }] } })
  expect(sent('insist')).toEqual({ path: 'task-orders/insist', body: { orders: [one] } })
  expect(sent('send_back')).toEqual({ path: 'task-orders/send-back', body: { orders: [one] } })
})

test('nothing is sent that would be refused', () => {
  const can = (deed: Order['may'][number], changes: Partial<Filled> = {}): boolean => ready(order(), deed, filled(changes), '2026-11-16')
  expect([can('accept'), can('complete'), can('progress'), can('insist'), can('insist', { note: '须办' })]).toEqual([true, true, false, false, true])
  expect([can('postpone', { note: '因' }), can('postpone', { note: '因', day: '2026-11-30' }), can('postpone', { note: '因', day: '2026-11-15' }), can('postpone', { note: '因', day: '2026-12-01' })]).toEqual([false, false, false, true])
  expect([can('ask', { note: '问' }), can('ask', { day: '2026-11-20' }), can('ask', { note: '问', day: '2026-11-20' })]).toEqual([false, false, true])
  expect([can('judge'), can('judge', { counts: { done: '' } }), can('judge', { counts: { done: '2' } })]).toEqual([false, false, true])
})

test('open ones stand first by deadline', () => {
  const list = [order({ order: 'done', status: 'judged', deadline: '2026-01-01' }), order({ order: 'later', deadline: '2026-12-20' }), order({ order: 'soon' })]
  expect(sorted(list).map((one) => one.order)).toEqual(['soon', 'later', 'done'])
})

test('an order is behind when more of its days are gone than of its work is done', () => {
  expect([risk(order(), '2026-11-16'), risk(order({ percent: 10 }), '2026-11-16'), risk(order(), '2026-12-01'), risk(order({ status: 'judged' }), '2026-12-01')]).toEqual([null, 'behind', 'overdue', null])
})
