import { expect, test } from 'vitest'
import { type Step, reasoned } from './steps'

const step = (name: string, reason = ''): Step => ({ step: name, by: 'P1', by_name: '', for_name: null, at: '', reason })

test('a step without words has those of the version that it ended, in the order of the versions', () => {
  const history = [{ revision: 4, command: 'withdraw', reason: '二' }, { revision: 1, command: 'withdraw', reason: '一' }, { revision: 2, command: 'return', reason: '旧' }]
  const told = reasoned([step('declare'), step('withdraw'), step('return', '材料不全'), step('withdraw')], history)
  expect(told.map((one) => one.reason)).toEqual(['', '一', '材料不全', '二'])
})
