import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { byRow, sendAllBut } from './batch'

const stale = (rows: number[]): Problem => new Problem(409, 'declaration.stale', '已被他人处理', 'stale', rows.map((row) => ({ row, zh: `第${row}项已变` })))

test('three stale entries of five hundred are named, the others are done', async () => {
  const bad = new Set([3, 70, 499])
  const sent: number[] = []
  const account = await sendAllBut(Array.from({ length: 500 }, (_, index) => index), 'k', async (part) => {
    const rows = part.flatMap((entry, row) => (bad.has(entry) ? [row] : []))
    if (rows.length) throw stale(rows)
    sent.push(part.length)
  })
  expect([account.done.length, account.refused.map((one) => one.entry), sent]).toEqual([497, [3, 70, 499], [497]])
})

test('each try has a key of its own, each part too', async () => {
  const keys: string[] = []
  await sendAllBut(Array.from({ length: 600 }, (_, index) => index), 'k', async (_, key) => { keys.push(key) })
  expect(keys).toEqual(['k-0-0', 'k-500-0'])
})

test('what names no entry is an error of the whole', async () => {
  await expect(sendAllBut([1, 2], 'k', async () => { throw new Problem(403, 'cycle.closed', '年度已结束', '') })).rejects.toMatchObject({ code: 'cycle.closed' })
  await expect(sendAllBut([1], 'k', async () => { throw new Problem(503, 'x', '', '', [{ row: 0 }]) })).rejects.toMatchObject({ status: 503 })
  for (const code of ['idempotency.running', 'idempotency.other']) await expect(sendAllBut([1], 'k', async () => { throw new Problem(409, code, '', '') })).rejects.toMatchObject({ code })
})

test('a fault names its entry by row or by pointer', () => {
  expect([...byRow([{ row: 2 }, { field: '/entries/1/counts/done' }, { field: 'entries.4.counts' }, { field: 'cycle' }]).keys()]).toEqual([2, 1, 4])
})
