import { expect, test } from 'vitest'
import { type Limit, limited, limitsReady } from './limits'

const limit = (changes: Partial<Limit> = {}): Limit => ({ indicator: 'a', subject: '*', floor: '10', ceiling: '', reason: ' 上级要求 ', ...changes })

test('a floor lies below its ceiling, and a limit has its reason', () => {
  expect([limit(), limit({ ceiling: '9.9' }), limit({ ceiling: '10' }), limit({ reason: ' ' }), limit({ floor: '十' }), limit({ indicator: '' })].map(limitsReady)).toEqual([true, false, true, false, false, false])
})

test('neither of both lifts the limit', () => {
  expect(limited(limit({ floor: '' }))).toEqual({ indicator: 'a', subject: '*', floor: null, ceiling: null, reason: '上级要求' })
})
