import { expect, test } from 'vitest'
import { flip } from './seats'

test('who has a seat may lose so much, who has none has to gain so much', () => {
  expect([flip('0.4200'), flip('-1.3'), flip('0'), flip(null)]).toEqual(['−0.42', '+1.30', '−0.00', '—'])
})
