import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { useAction } from './action'

/** An action whose answers are told beforehand: a problem, or null for a success. */
function answering(answers: (Error | null)[]) {
  const keys: string[] = []
  let which = ''
  const action = useAction(async (key: string, _what: string) => {
    keys.push(key)
    const answer = answers[keys.length - 1]
    if (answer) throw answer
  }, () => which)
  return { keys, action, about: (name: string) => { which = name } }
}
const LOST = new Problem(0, 'network', '', '')
const RUNNING = new Problem(409, 'idempotency.running', '', '')
const OTHER = new Problem(422, 'idempotency.other', '该 Idempotency-Key 已用于另一请求', 'this key came with another request')

test('a key is kept until it is known whether it was done, and each thing has its own', async () => {
  const { keys, action, about } = answering([LOST, LOST, LOST, null, null, null])
  for (const what of ['a', 'a', 'b', 'a', 'a']) await action.run(what)
  about('another')
  await action.run('a')
  const [first, again, other, arrived, after, elsewhere] = keys
  expect([again, arrived]).toEqual([first, first])
  expect(new Set([first, other, after, elsewhere]).size).toBe(4)
})

test('what is typed after a lost answer comes under the same key: that the first has arrived is told, the next press is another', async () => {
  const { keys, action } = answering([LOST, OTHER, null])
  await action.run('a')
  expect(await action.run('a')).toBe(false)
  expect(action.problem.value?.zh).toContain('上一次提交其实已经收到')
  expect(await action.run('a')).toBe(true)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('what is still being answered, broke off or was not let in keeps its key, what was refused does not', async () => {
  const { keys, action } = answering([RUNNING, new Problem(502, 'http.502', '', ''), new Problem(401, 'session', '', ''), new SyntaxError('half an answer'), new Problem(422, 'invalid', '', ''), null])
  for (let press = 0; press < 6; press += 1) await action.run('a')
  expect(new Set(keys.slice(0, 5)).size).toBe(1)
  expect(keys[5]).not.toBe(keys[0])
})
