import { expect, test } from 'vitest'
import { type Influence, percent, strongest } from './influence'

const item = (indicator: string, seats_without: number, variance_share: string | null): Influence => ({ indicator, seats_without, variance_share }) as Influence

test('what moves most seats stands first, then what the differences go with', () => {
  expect(strongest([item('a', 0, '0.5'), item('b', 2, null), item('c', 0, '0.7'), item('d', 2, '0.1')]).map((one) => one.indicator)).toEqual(['d', 'b', 'c', 'a'])
})

test('shares are told in per cent', () => {
  expect([percent('0.1234'), percent('-0.03'), percent(null)]).toEqual(['12.3%', '-3.0%', '—'])
})
