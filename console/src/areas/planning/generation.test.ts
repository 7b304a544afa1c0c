import { expect, test } from 'vitest'
import { type Form, type Settings, formOf, prefixesOf, resultsSent, settingsReady, settingsSent } from './generation'

const stands: Settings = { cycle: '2026', smoothing: '0.500000', ratchet: '0.300000', trend: '0.800000', years: 3, lowest: '0.900000', highest: '1.200000', positions: { P1: '0.500000' }, persons: {}, eligibility: [{ prefix: '04', unit_kinds: [], positions: [], not_positions: ['P1'] }], revision: 4 }
const form = (changes: Partial<Form> = {}): Form => ({ ...formOf(stands), ...changes })

test('what stands can be sent again as it is, whole', () => {
  expect(settingsReady(form())).toBe(true)
  expect(settingsSent(form())).toEqual({ smoothing: '0.5', ratchet: '0.3', trend: '0.8', years: 3, lowest: '0.9', highest: '1.2', positions: { P1: '0.5' }, persons: {}, eligibility: stands.eligibility })
})

test('coefficients lie within their bounds, shares between nothing and all', () => {
  const of = (name: string, value: string): Form => form({ coefficients: { ...form().coefficients, [name]: value } })
  expect([of('smoothing', '1.1'), of('smoothing', '１'), of('highest', '0.9'), of('highest', '1.5'), of('lowest', '九成')].map(settingsReady)).toEqual([false, true, false, true, false])
  expect([form({ years: '1' }), form({ years: '10' }), form({ persons: [{ code: 'A', share: '1.5' }] }), form({ persons: [{ code: '', share: '1' }] }), form({ persons: [{ code: 'A', share: '0' }] })].map(settingsReady)).toEqual([false, true, false, false, true])
})

test('a rule is about some items, and for or against somebody', () => {
  const rule = { prefix: '04', unit_kinds: [], positions: [], not_positions: [] }
  expect([form({ eligibility: [rule] }), form({ eligibility: [{ ...rule, unit_kinds: ['station'] }] }), form({ eligibility: [{ ...rule, prefix: '', positions: ['P1'] }] })].map(settingsReady)).toEqual([false, true, false])
})

test('items are chosen by the beginnings of their codes, in order', () => {
  expect(prefixesOf([{ indicator: '04-01-02', level1: '队伍', level2: '学习', name: '培训' }]).map((one) => one.code)).toEqual(['04', '04-01', '04-01-02'])
})

test('only what differs from what stands is recorded', () => {
  expect(resultsSent('i', '2024', { S1: '12', S2: '7.0', S3: ' ' }, { S2: '7' })).toEqual([{ indicator: 'i', subject: 'S1', year: '2024', quantity: '12' }])
  expect(resultsSent('i', '2024', { S1: '十二' }, {})).toBe(null)
})
