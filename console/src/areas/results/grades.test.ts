import { expect, test } from 'vitest'
import { type Graded, type Scored, atEdge, befell, byRank, excellent } from './grades'

const graded = (person: string, rank: number | null, grade: string, circumstances: object = {}): Graded => ({ person, name: person, unit: 'D01', unit_name: null, final: null, rank, proposed: grade, limited_by: null, grade, reason: '', circumstances }) as unknown as Graded
const scored = (subject: string, rank: number | null): Scored => ({ subject, rank }) as unknown as Scored

test('those without a rank stand last', () => {
  expect(byRank([graded('b', null, '称职'), graded('a', 2, '称职'), graded('c', 1, '优秀')]).map((one) => one.person)).toEqual(['c', 'a', 'b'])
})

test('around the last place stand those just within and just outside; nobody where all have a place', () => {
  const ranked = [1, 2, 3, 4, 5, 6].map((rank) => scored(`P${rank}`, rank))
  expect(atEdge([...ranked, scored('P7', null)], 3, 2).map((one) => one.subject)).toEqual(['P2', 'P3', 'P4', 'P5'])
  expect([atEdge(ranked, 6), atEdge(ranked, 0)]).toEqual([[], []])
})

test('what the panel gives instead counts for the quota', () => {
  const all = [graded('a', 1, '优秀'), graded('b', 2, '称职')]
  expect([excellent(all, {}), excellent(all, { b: { grade: '优秀', reason: 'x' } }), excellent(all, { a: { grade: '称职', reason: 'x' } })]).toEqual([1, 2, 0])
})

test('only circumstances that rest on something are told', () => {
  expect(befell(graded('a', 1, '称职', { warning: '市局纪〔2026〕3 号', demerit: null }))).toEqual([['warning', '市局纪〔2026〕3 号']])
})
