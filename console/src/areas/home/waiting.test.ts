import { expect, test } from 'vitest'
import { monthOf, waitingRows } from './waiting'

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
