import { expect, test } from 'vitest'
import { type Anchor, halves, members, reached } from './trail'

const anchor = (at: string, lines: Record<string, number>, broken: Record<string, string> = {}): Anchor => ({
  number: 1, at, new_key: '', reason: '', text: '',
  trails: Object.entries(lines).map(([schema, count]) => ({ schema, bureau: '', lines: count, last_hash: 'h' })),
  broken: Object.entries(broken).map(([schema, fault]) => ({ schema, bureau: '', fault })),
})

test('the state of an event and a deed both fall into what it is about and what was done', () => {
  expect([halves('targets.ClaimChanged.v2'), halves('leave.approve')]).toEqual([['ClaimChanged', 'changed'], ['leave', 'approve']])
})

test('what became of each member stands beside what it was', () => {
  expect(members({ before: { status: 'draft' }, after: { status: 'declared', counts: { done: '3' } } })).toEqual([
    { name: 'counts', before: '—', after: '{"done":"3"}' }, { name: 'status', before: 'draft', after: 'declared' },
  ])
})

test('a trail that did not grow is told from the anchor that noted it last; what the newest found wrong stays visible', () => {
  const told = reached([anchor('t3', {}, { scoring: 'hash at 7' }), anchor('t2', { targets: 9 }), anchor('t1', { targets: 5, scoring: 8 })])
  expect(told.map((one) => [one.schema, one.lines, one.at, one.fault])).toEqual([['scoring', 8, 't3', 'hash at 7'], ['targets', 9, 't2', '']])
})
