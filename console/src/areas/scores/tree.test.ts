import { expect, test } from 'vitest'
import type { Tree } from '@/shared/logic/scores'
import { allKeys, nodes, pathTo } from './tree'

const item = (indicator: string, points: string) => ({ indicator, name: indicator, full_points: '4', points, applicable: true, periods: { due: 1, declared: 1 }, facts: [{ kind: 'declaration', fact: `f${indicator}`, indicator, period: '2026-M01', status: 'assessed', not_applicable: false, counts: {}, people: {} }] })
const tree = (lines = 1): Tree => ({
  weights: { personal: '0.5' }, components: {},
  lines: Array.from({ length: lines }, (_, index) => ({ line: `l${index}`, weight: '1', categories: [{ category: 'common', weight: '0.5', score: '75.0000', full_points: '100', items: [item('a', '4'), item('b', '1'), item('c', '4')] }] })),
})

test('a person begins with categories, a station with its lines', () => {
  expect(nodes(tree(), new Set()).map((one) => one.kind)).toEqual(['category'])
  expect(nodes(tree(2), new Set()).map((one) => one.kind)).toEqual(['line', 'line'])
})

test('what lost points is shown, what has them all lies folded in one row', () => {
  const shown = nodes(tree(), new Set(['line l0', 'line l0 common']))
  expect(shown.map((one) => one.kind)).toEqual(['category', 'item', 'full'])
  expect(shown[2]?.kind === 'full' && shown[2].items.map((one) => one.indicator)).toEqual(['a', 'c'])
})

test('an address opens the way down to its item and to what it rests on', () => {
  const shown = nodes(tree(), new Set(pathTo(tree(), 'a')))
  expect(shown.map((one) => one.key)).toContain('line l0 common a declaration fa')
  expect(pathTo(tree(), 'none')).toEqual([])
})

test('on paper everything is open', () => {
  expect(nodes(tree(), new Set(allKeys(tree()))).filter((one) => one.kind === 'fact')).toHaveLength(3)
})
