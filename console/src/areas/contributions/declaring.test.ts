import { expect, test } from 'vitest'
import type { Contribution } from './contributions'
import { type Written, begun, declared, goesAgain, sharesReady } from './declaring'

const item = {
  contribution: 'c', revision: 4, status: 'returned', part_of: null, subject: 'P20', indicator: '03-01-01', period: '2026-M04', claimed: { city: '1' }, title: '专刊', effect: '采用', proof: '市局简报', evidence: ['evidence:e1'],
  shares: [{ subject: 'P20', share: '2' }, { subject: 'P21', share: '1' }],
} as unknown as Contribution
const form = (changes: Partial<Written> = {}): Written => ({ ...begun(null, 'P20'), indicator: '03-01-01', period: '2026-M04', title: ' 专刊 ', effect: '采用', proof: '简报', ...changes })

test('what was returned begins as it was, and goes again under its name with its evidence and partners', () => {
  const again = begun(item, 'P99')
  expect(again).toMatchObject({ subject: 'P20', level: 'city', share: '2', partners: [{ subject: 'P21', share: '1' }] })
  expect(declared(again, ['city', 'county'], item)).toEqual({
    contribution: 'c', revision: 4, evidence: ['evidence:e1'], subject: 'P20', indicator: '03-01-01', period: '2026-M04', level: 'city', title: '专刊', effect: '采用', proof: '市局简报',
    shares: [{ subject: 'P20', share: '2' }, { subject: 'P21', share: '1' }],
  })
})

test('one person’s achievement is sent without shares, a level that the item does not have with none', () => {
  expect(declared(form({ level: 'city' }), [], null)).toEqual({ subject: 'P20', indicator: '03-01-01', period: '2026-M04', title: '专刊', effect: '采用', proof: '简报' })
})

test('partners are named once each, with shares above nothing', () => {
  const of = (...partners: [string, string][]): boolean => sharesReady(form({ partners: partners.map(([subject, share]) => ({ subject, share })) }))
  expect([of(), of(['P21', '0.5']), of(['P21', '0']), of(['P21', 'x']), of(['', '1']), of(['P20', '1']), of(['P21', '1'], ['P21', '1'])]).toEqual([true, true, false, false, false, false, false])
})

test('only one’s own, given back or withdrawn, whole ones go again', () => {
  const goes = (changes: object, own: (string | null)[] = ['P20', null]): boolean => goesAgain({ ...item, ...changes }, own)
  expect([goes({}), goes({ status: 'withdrawn' }), goes({ status: 'screened' }), goes({ part_of: 'd' }), goes({}, ['P21', null])]).toEqual([true, true, false, false, false])
})
