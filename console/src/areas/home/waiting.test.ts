import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import english from '@/locales/en/home.json'
import chinese from '@/locales/zh/home.json'
import { PATHS, monthOf, waitingRows } from './waiting'

/** The lists that the API knows, from where it takes their words. */
const vocabulary = readFileSync(resolve(import.meta.dirname, '../../../../shared/vocabulary/declarations.py'), 'utf8')
const LISTS = [...(/TO_DO_LISTS = \{([^}]*)\}/.exec(vocabulary)?.[1] ?? '').matchAll(/"(\w+)":/g)].map((found) => found[1] ?? '')

const ends = new Map([['2026-M10', '2026-10-31'], ['2026-M11', '2026-11-30'], ['2026-M12', '2026-12-31']])
const list = (count: number, more: object = {}) => ({ count, overdue: 0, next_due: null, items: [], ...more })

test('only what is to be declared by now is shown, a list of zero is not', () => {
  const items = [{ subject: 'P1', period: '2026-M11', left: 22, due_on: null }, { subject: 'P1', period: '2026-M12', left: 22, due_on: null }]
  const rows = waitingRows({ to_declare: list(44, { items }), to_verify: list(0) }, ends, '2026-11-29')
  expect(rows.map((row) => [row.period, row.count])).toEqual([['2026-M11', 22]])
})

test('what is overdue stands first, then by deadline', () => {
  const rows = waitingRows({ to_verify: list(9), to_assess: list(3, { next_due: '2026-12-02' }), orders_to_answer: list(1, { overdue: 1 }) }, ends, '2026-11-29')
  expect(rows.map((row) => row.list)).toEqual(['orders_to_answer', 'to_assess', 'to_verify'])
})

test('a quarter, half-year or year is declared with the month that closes it', () => {
  expect(['2026-M03', '2026-Q2', '2026-H1', '2026-Y'].map(monthOf)).toEqual(['2026-M03', '2026-M06', '2026-M06', '2026-M12'])
})

test('every list that leads somewhere is one of the API, and every list of the API says what it waits for', () => {
  expect(LISTS).toContain('spot_checks_to_draw')
  expect(LISTS).toEqual(expect.arrayContaining(Object.keys(PATHS)))
  for (const texts of [chinese, english]) expect(Object.keys(texts.waitsFor).sort()).toEqual([...LISTS].sort())
})

test('what was given back opens where it stands, a list without a page is shown and leads nowhere', () => {
  const items = [{ subject: 'P1', period: '2026-Q1', due_on: null }]
  expect(waitingRows({ to_correct: list(1, { items }), of_another_release: list(1) }, ends, '2026-11-29').map((row) => row.path)).toEqual(['/declare?show=returned&period=2026-M03&subject=P1', ''])
})
