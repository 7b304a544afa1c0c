import { expect, test } from 'vitest'
import { heldOn } from './dated'

test('of a rule holds what was set last before the day, else what nobody set otherwise', () => {
  const rule = { default: 3, dated: [{ starts: '2026-07-01', value: 5 }, { starts: '2026-01-01', value: 4 }] }
  expect([heldOn(rule, '2025-12-31'), heldOn(rule, '2026-06-30'), heldOn(rule, '2026-07-01')]).toEqual([3, 4, 5])
})

test('a rule holds from its day on, before the first what nobody set', () => {
  const rule = { default: 3, least: 1, most: 9, dated: [{ starts: '2026-05-01', value: 5 }, { starts: '2026-02-01', value: 4 }] }
  expect(['2026-01-31', '2026-02-01', '2026-06-01'].map((day) => heldOn(rule, day))).toEqual([3, 4, 5])
})
