import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { useAction } from './action'

test('the same content keeps its key until it has arrived, another one gets its own', async () => {
  const keys: string[] = []
  let remark = ''
  let lost = true
  const action = useAction(async (key: string, what: string) => {
    keys.push(`${key} ${what}`)
    if (lost) throw new Problem(0, 'network', '', '')
  }, () => ({ remark }))
  await action.run('a')
  await action.run('a')
  remark = 'typed'
  await action.run('a')
  await action.run('b')
  lost = false
  await action.run('b')
  await action.run('b')
  const [first, second, typed, other, arrived, after] = keys.map((one) => one.split(' ')[0])
  expect(second).toBe(first)
  expect(arrived).toBe(other)
  expect(new Set([first, typed, other, after]).size).toBe(4)
})
