import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import english from '@/locales/en/cases.json'
import chinese from '@/locales/zh/cases.json'
import { OVER, monthsTo } from './figures'

const vocabulary = readFileSync(resolve(import.meta.dirname, '../../../../shared/vocabulary/complaints.py'), 'utf8')
const words = (name: string): Record<string, string> => Object.fromEntries([...(new RegExp(`^${name} = \\{([^}]*)\\}`, 'm').exec(vocabulary)?.[1] ?? '').matchAll(/"(\w+)": "([^"]+)"/g)].map((found) => [found[1], found[2]]))

test('every figure of the API has its name, in Chinese the API’s own', () => {
  const figures = { ...words('FIGURES'), ...words('SUPERVISION_COUNTS') }
  expect(Object.keys(figures).length).toBeGreaterThan(12)
  expect(chinese.figure).toEqual(figures)
  expect(chinese.figureUnit).toEqual(words('FIGURE_UNITS'))
  expect([Object.keys(english.figure), Object.keys(english.figureUnit)]).toEqual([Object.keys(chinese.figure), Object.keys(chinese.figureUnit)])
  expect(Object.keys(words('SUCCESS_OVER'))).toEqual([...OVER])
})

test('months go back over the year’s end; the running one is not over', () => {
  const closed = { month: '2026-01', revision: 1 }
  expect(monthsTo('2026-02-03', 3, [closed])).toEqual([{ month: '2026-02', closed: null, over: false }, { month: '2026-01', closed, over: true }, { month: '2025-12', closed: null, over: true }])
})
