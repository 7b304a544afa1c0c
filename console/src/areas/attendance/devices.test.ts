import { expect, test } from 'vitest'
import { firmwareOf, isSerial, missingSpan, networksOf, ordersOf } from './devices'

test('what is missing is asked for from the last day on which nothing was, a month at most', () => {
  expect(missingSpan('2026-03-01', '2026-03-04')).toEqual({ first: '2026-03-01', last: '2026-03-04' })
  expect(missingSpan('2025-01-01', '2026-03-31')).toEqual({ first: '2026-03-01', last: '2026-03-31' })
  expect(missingSpan(null, '2026-03-04')).toEqual({ first: '2026-03-04', last: '2026-03-04' })
})

test('a terminal that only pushes is told nothing, an access control not the time', () => {
  expect(ordersOf('hikvision')).toEqual([])
  expect(ordersOf('access')).not.toContain('set_time')
  expect(ordersOf('')).toContain('set_time')
})

test('firmware and networks are read as people write them', () => {
  expect(firmwareOf('Ver 8.0.4.2-20180118,300,500,20')).toBe('Ver 8.0.4.2-20180118')
  expect(networksOf('10.20.0.0/24，10.30.0.7\n')).toEqual(['10.20.0.0/24', '10.30.0.7'])
})

test('a serial number is as it stands on the label: letters, digits, dots and dashes', () => {
  expect(['CKJ2193460012', 'a.b_c-1', '', '序列号', 'A B', 'x'.repeat(65)].map(isSerial)).toEqual([true, true, false, false, false, false])
})
