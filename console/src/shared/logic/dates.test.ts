import { expect, test } from 'vitest'
import { addDays, dateText, dayOf, daysBetween, dueText, instantOf, localOf, momentText, periodText, today } from './dates'
import { tellIn } from './told'

test('days are added to the bureau\'s date, over months and leap days', () => {
  expect([addDays('2026-11-28', 7), addDays('2028-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2026-12-05', '2028-02-29', '2025-12-31'])
  expect(addDays(today(new Date('2026-11-29T17:00:00Z')), 7)).toBe('2026-12-07')
})

test('moments are typed by the bureau\'s clock', () => {
  expect([instantOf('2026-11-30T07:15'), localOf('2026-11-29T23:15:42Z')]).toEqual(['2026-11-29T23:15:00.000Z', '2026-11-30T07:15'])
})

test('an instant is on the bureau\'s day, not on the one in London', () => {
  expect([dayOf('2026-04-14T16:30:00Z'), dayOf('2026-04-14T15:30:00+00:00'), dayOf('2026-04-14')]).toEqual(['2026-04-15', '2026-04-14', '2026-04-14'])
  expect([dateText('2025-12-31T17:00:00Z', '2026'), dateText('2026-03-05', '2026'), daysBetween('2026-04-14T16:30:00Z', '2026-04-16')]).toEqual(['1月1日', '3月5日', 1])
})

test('in the English console dates are English, and Chinese again in the Chinese one', () => {
  const now = new Date('2026-11-30T04:00:00Z')
  const told = (): string[] => [dateText('2025-03-05', '2026'), momentText('2026-11-29T08:40:00Z', now), momentText('2026-11-30T00:10:00Z', now), dueText('2026-11-29', '2026-11-30'), dueText('2026-12-01', '2026-11-30'), periodText('2026-M03'), periodText('2026-H2', true)]
  tellIn('en')
  expect(told()).toEqual(['5 Mar 2025', 'yesterday 16:40', 'today 08:10', '1 day overdue', 'tomorrow', 'Mar 2026', 'H2'])
  tellIn('zh')
  expect(told()).toEqual(['2025年3月5日', '昨天 16:40', '今天 08:10', '逾期 1 天', '明天', '2026年3月', '下半年'])
})
