import { expect, test } from 'vitest'
import { judge, pairs, placeOf, ratioText } from './ahp'

test('the scale reads and writes as people do', () => {
  expect([ratioText(0), ratioText(2), ratioText(-2), placeOf('1'), placeOf('9'), placeOf('1/5')]).toEqual(['1', '3', '1/3', 0, 8, -4])
})

test('consistent judgements have a ratio of nothing and the weights they say', () => {
  const found = judge(['a', 'b', 'c'], new Map([['a b', 1], ['a c', 3], ['b c', 1]])) // 2, 4, 2
  expect(found.ratio).toBeCloseTo(0, 6)
  expect(found.weights['a']).toBeCloseTo(4 / 7, 6)
  expect(found.worst).toBeNull()
})

test('contradictions are told with the comparison that fits least', () => {
  const found = judge(['a', 'b', 'c'], new Map([['a b', 4], ['b c', 4], ['a c', -4]]))
  expect(found.acceptable).toBe(false)
  expect(found.worst).not.toBeNull()
  expect(pairs(['a', 'b', 'c', 'd'])).toHaveLength(6)
})
