import { expect, test } from 'vitest'
import { compared, total } from './numbers'

test('sums of decimal texts are exact', () => {
  expect(total(['0.1', '0.2', null, '', 'x', '3'])).toBe('3.3')
  expect(total(['1', '-2.50'])).toBe('-1.50')
  expect(total([])).toBe('0')
})

test('texts compare by what they are worth', () => {
  expect([compared('2.50', '2.5'), compared('2', '10'), compared('0.3', '0.29'), compared('-1', '0')]).toEqual([0, -1, 1, -1])
})
