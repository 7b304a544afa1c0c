import { expect, test } from 'vitest'
import { type Proposal, type Written, beside, changes, keeps, likeness, ready, sorted } from './proposals'

const standing = (column: string): string => ({ name: '巡查', full_points: '3', standard: '按月' })[column] ?? ''
const written = (more: Partial<Written> = {}): Written => ({ action: 'change', like: '02-01-01', code: '', cells: {}, reason: '偏高', ...more })

test('only what differs is proposed, and something has to', () => {
  const one = written({ cells: { full_points: ' 2 ', standard: '按月' } })
  expect(changes(one, standing)).toEqual({ full_points: '2' })
  expect([ready(one, standing), ready(written({ cells: { standard: '按月' } }), standing), ready({ ...one, reason: ' ' }, standing)]).toEqual([true, false, false])
})

test('an indicator is taken out with a reason alone', () => {
  const one = written({ action: 'remove', cells: { full_points: '2' } })
  expect([changes(one, standing), ready(one, standing)]).toEqual([{}, true])
})

test('a new one begins like another, without its name, and needs a number and a name of its own', () => {
  const cells = likeness(standing)
  expect([cells['name'], cells['standard']]).toEqual(['', '按月'])
  const one = written({ action: 'add', code: '02-01-09', cells: { ...cells, name: '夜查' } })
  expect([ready(one, standing), ready({ ...one, code: '2-1-9' }, standing), ready({ ...one, cells }, standing)]).toEqual([true, false, false])
  expect(changes(one, standing)).toMatchObject({ name: '夜查', full_points: '3', standard: '按月' })
})

test('what waits for the panel stands first; what a library took in was accepted', () => {
  const one = (status: string, at: string): Proposal => ({ status, at, by: 'a' }) as Proposal
  expect(sorted([one('applied', '2026-03'), one('open', '2026-01'), one('open', '2026-02')]).map((found) => found.at)).toEqual(['2026-02', '2026-01', '2026-03'])
  expect([keeps('accepted', one('applied', ''), 'a'), keeps('mine', one('open', ''), 'b'), keeps('open', one('rejected', ''), 'a')]).toEqual([true, false, false])
})

test('a cell is told beside what stands there now', () => {
  expect(beside({ changes: { full_points: 2 } } as unknown as Proposal, { full_points: '3' })).toEqual([{ column: 'full_points', before: '3', after: '2' }])
})
