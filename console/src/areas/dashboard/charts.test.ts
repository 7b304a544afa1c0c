import { expect, test } from 'vitest'
import { bars, heat, line, rate, shifted, weightText } from './charts'

test('a rate is whole per cent, nothing where nothing was due', () => {
  expect([rate('1.50', '3'), rate(null, '3'), rate('1', '0'), rate('3.00', '3')]).toEqual([50, null, null, 100])
  expect([heat(null), heat(0), heat(39), heat(40), heat(100)]).toEqual([-1, 0, 1, 2, 4])
})

test('bars fill the height by the highest, lines keep their gaps', () => {
  const found = bars(['81', '82', '91', null], 100, 50)
  expect(Math.max(...found.map((one) => one.height))).toBe(50)
  expect(found.reduce((sum, one) => sum + one.count, 0)).toBe(3)
  expect(line([50, null, 100], 100, 10).map((one) => [one.at, one.x, one.y])).toEqual([[0, 0, 5], [2, 100, 0]])
})

test('weights always sum to one', () => {
  const moved = shifted({ common: 3300, professional: 4900, contribution: 500, additional: 1300 }, 'common', 5000)
  expect(Object.values(moved).reduce((sum, one) => sum + one, 0)).toBe(10_000)
  expect(moved['common']).toBe(5000)
  expect(Object.values(shifted({ a: 10_000, b: 0, c: 0 }, 'a', 4000)).reduce((sum, one) => sum + one, 0)).toBe(10_000)
  expect([weightText(3333), weightText(500), weightText(10_000)]).toEqual(['0.3333', '0.05', '1.00'])
})
