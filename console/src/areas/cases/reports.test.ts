import { expect, test } from 'vitest'
import { asFile, figure, sharesOf } from './reports'

test('figures have thousands, and money its cents', () => {
  expect(figure('12000000', '元')).toBe('12,000,000.00')
  expect(figure('5000.5', '元')).toBe('5,000.50')
  expect(figure('9171', '件')).toBe('9,171')
})

test('bars are measured by the longest of their sort', () => {
  const line = (item: string, value: string) => ({ item, value, zh: '', unit: '件', before: null, change: null }) as Parameters<typeof sharesOf>[0][number]
  const found = sharesOf([line('received', '9'), line('channel_platform', '6'), line('channel_hotline', '3'), line('channel_letter', '0')], 'channel_')
  expect(found.lines.map((one) => one.item)).toEqual(['channel_platform', 'channel_hotline'])
  expect(found.whole).toBe('6')
})

test('files are asked for as the page shows them', () => {
  expect(asFile('case-reports/file', { since: '2026-01-01', goods: '手机' })).toBe('/api/v1/case-reports/file?since=2026-01-01&goods=%E6%89%8B%E6%9C%BA')
})
