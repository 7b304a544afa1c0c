import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PUT, changedCells, familyOf, yearOf } from './columns'

test('a change is told by the cells that differ, an added indicator by all that it holds', () => {
  expect(changedCells({ name: '甲', full_points: '2', basis: '' }, { name: '甲', full_points: '2.5', basis: '' })).toEqual([{ column: 'full_points', before: '2', after: '2.5' }])
  expect(changedCells(null, { name: '甲', basis: '' })).toEqual([{ column: 'name', before: '', after: '甲' }])
  expect(changedCells({ name: '甲' }, null)).toEqual([{ column: 'name', before: '甲', after: '' }])
  expect(changedCells(null, null)).toEqual([])
})

test('columns of a year say which', () => {
  expect(yearOf('history_2025')).toEqual({ kind: 'history', year: '2025' })
  expect(yearOf('target_2026')).toEqual({ kind: 'target', year: '2026' })
  expect(yearOf('full_points')).toBeNull()
  expect(familyOf('layers')).toBe('layer')
  expect(familyOf('standard')).toBeNull()
})

test('every column of the sheet that stands in a draft has its words, and what may be put is one of them', () => {
  const said = /"indicators": \{([\s\S]*?)\n {4}\}/.exec(readFileSync(resolve(import.meta.dirname, '../../../../services/targets/domain/headers.py'), 'utf8'))?.[1] ?? ''
  const columns = [...said.matchAll(/"(\w+)": \(/g)].map((found) => found[1] ?? '')
  expect(columns.length).toBeGreaterThan(15)
  const words = (JSON.parse(readFileSync(resolve(import.meta.dirname, '../../locales/zh/words.json'), 'utf8')) as { library_column: Record<string, string> }).library_column
  expect(Object.keys(words).sort()).toEqual(columns.sort())
  expect(PUT.filter((one) => !columns.includes(one))).toEqual([])
})
