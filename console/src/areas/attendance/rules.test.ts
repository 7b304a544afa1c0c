import { expect, test } from 'vitest'
import { heldOn } from './rules'

test('of a rule holds what was set last before the day, else what nobody set otherwise', () => {
  const rule = { default: 3, dated: [{ starts: '2026-07-01', value: 5 }, { starts: '2026-01-01', value: 4 }] }
  expect([heldOn(rule, '2025-12-31'), heldOn(rule, '2026-06-30'), heldOn(rule, '2026-07-01')]).toEqual([3, 4, 5])
})
