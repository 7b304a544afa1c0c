import { expect, test } from 'vitest'
import { type Place, type Position, call, deedsOf, historyOf, placeOn, postsOf, ready, rowsOf, wholeRow } from './organisation'

const place = (kind: Place['kind'], starts: string, ends: string | null): Place => ({ kind, starts, ends, unit: 'S01', line: 'all', position: 'S-01', head: false, unit_name: '城东工商所', line_name: null, title: '科员' })
const post = (position: string, unit_kind: Position['unit_kind'], unit: string | null): Position => ({ position, unit_kind, unit, title: position, line: 'all', line_name: null, duties: '', head: false, unit_name: null })
const form = { name: '', unit: '', position: '', day: '', last: '', outside: false }

test('a unit has its own posts and those of its kind', () => {
  const all = [post('A', 'station', null), post('B', 'station', 'S02'), post('C', 'division', null)]
  expect(postsOf(all, { unit: 'S01', kind: 'station' }).map((one) => one.position)).toEqual(['A'])
  expect(postsOf(all, { unit: 'S02', kind: 'station' }).map((one) => one.position)).toEqual(['A', 'B'])
  expect(postsOf(all, undefined)).toEqual([])
})

test('who is lent can be called back, who is at the post can be moved, who left only renamed', () => {
  const lent = [place('post', '2026-01-01', null), place('secondment', '2026-03-01', '2026-05-31')]
  expect(placeOn(lent, '2026-04-01')?.kind).toBe('secondment')
  expect(placeOn(lent, '2026-06-01')?.kind).toBe('post')
  expect(placeOn(lent, '2025-12-31')).toBeUndefined()
  expect(deedsOf({ active: true, assignments: lent }, '2026-04-01')).toEqual(['recall', 'leave', 'rename'])
  expect(deedsOf({ active: true, assignments: lent }, '2026-06-01')).toEqual(['move', 'second', 'leave', 'rename'])
  expect(deedsOf({ active: false, assignments: lent }, '2026-06-01')).toEqual(['rename'])
})

test('a form is sent once it says where and when, and to where the deed is done', () => {
  expect(ready('move', { ...form, unit: 'S02', position: 'A', day: '2026-06-01' })).toBe(true)
  expect(ready('move', { ...form, unit: 'S02', day: '2026-06-01' })).toBe(false)
  expect(ready('second', { ...form, outside: true, day: '2026-06-01' })).toBe(true)
  expect(ready('second', { ...form, outside: true, unit: 'S02', position: 'A', day: '2026-06-01' })).toBe(false)
  expect(ready('second', { ...form, outside: true, day: '2026-06-01', last: '2026-05-01' })).toBe(false)
  expect(call('second', 'P1', { ...form, outside: true, day: '2026-06-01' })).toEqual({ method: 'POST', path: 'persons/P1/secondments', body: { outside: true, starts: '2026-06-01', ends: null } })
  expect(call('move', 'P1', { ...form, unit: 'S02', position: 'A', day: '2026-06-01' })).toEqual({ method: 'POST', path: 'persons/P1/assignments', body: { unit: 'S02', position: 'A', starts: '2026-06-01' } })
  expect(call('leave', 'P1', { ...form, last: '2026-06-30' })).toEqual({ method: 'POST', path: 'persons/P1/departure', body: { last_day: '2026-06-30' } })
  expect(call('recall', 'P1', { ...form, last: '2026-06-30' }).path).toBe('persons/P1/recall')
  expect(call('rename', 'P1', { ...form, name: ' 李明 ' })).toEqual({ method: 'PATCH', path: 'persons/P1', body: { name: '李明' } })
})

test('a history is sent whole in the order of its days; outside has neither unit nor post', () => {
  const rows = rowsOf([place('post', '2026-03-01', null), { ...place('outside', '2026-02-01', '2026-02-28') }])
  rows.push({ kind: 'post', unit: 'S02', position: 'B', starts: '2026-01-01', ends: '2026-01-31' })
  expect(historyOf(rows)).toEqual([
    { kind: 'post', unit: 'S02', position: 'B', starts: '2026-01-01', ends: '2026-01-31' },
    { kind: 'outside', unit: null, position: null, starts: '2026-02-01', ends: '2026-02-28' },
    { kind: 'post', unit: 'S01', position: 'S-01', starts: '2026-03-01', ends: null },
  ])
  expect(rows.every(wholeRow)).toBe(true)
  expect(wholeRow({ kind: 'post', unit: 'S02', position: '', starts: '2026-01-01', ends: '' })).toBe(false)
})
