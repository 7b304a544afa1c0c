import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { RANGES, SIGNS, formOf, holding, ready, rebased, sent } from './settings'

const readings = { weekend_moves: false, statutory_only: false, pause_both_ends: false, transfer_restarts: true, supplement_pauses: false, recusal_pauses: false, by_receipt: true }
const settings = {
  starts: null, readings: { 令121: readings }, own_limits: { accept: 5 }, satisfied: ['satisfied'], late_entry_days: 7, late_consent_days: 7, repeat_days: 60, soon_days: 2, warn_hours: [16, 4], answer_days: 3, quiet_from: '20:00', quiet_until: '08:00', duty_phone: '', veto_indicator: '01-03-04',
  signs: { frequency: 5, quantity: 10, mass: 3, shared_contact: 2, shared_address: 2 }, frequent_days: 30, many_days: 3660, calendar_days: 120, objection_days: 30, objection_answer_days: 15, read_openly: true, jurisdictions: [{ by: 'place', words: '滨河路', unit: 'S01', other_bureau: '' }],
}

test('what was set goes out as it came, with another day', () => {
  const form = formOf(settings as never, '2026-12-01')
  expect(sent(form)).toEqual({ ...settings, starts: '2026-12-01' })
  expect([ready(form, '2026-12-01'), ready(form, '2026-12-02')]).toEqual([true, false])
})

test('numbers are whole ones, an emptied limit is none', () => {
  const form = { ...formOf(settings as never, '2026-12-01'), own_limits: { accept: '' }, warn_hours: '１６、 8' }
  expect(sent(form)).toMatchObject({ own_limits: {}, warn_hours: [16, 8] })
  expect(ready({ ...form, days: { ...form.days, answer_days: '0' } }, '2026-12-01')).toBe(false)
  expect(ready({ ...form, days: { ...form.days, soon_days: 'x' } }, '2026-12-01')).toBe(false)
  expect([{ unit: null, other_bureau: '' }, { words: ' ' }].map((wrong) => ready({ ...form, jurisdictions: form.jurisdictions.map((one) => ({ ...one, ...wrong })) }, '2026-12-01'))).toEqual([false, false])
})

test('the signs are those of the API, each from two complaints on', () => {
  const told = /SIGNS = \{([^}]*)\}/.exec(readFileSync(resolve(import.meta.dirname, '../../../../shared/vocabulary/case_procedure.py'), 'utf8'))?.[1] ?? ''
  expect([...told.matchAll(/"(\w+)":/g)].map((found) => found[1])).toEqual([...SIGNS])
  const form = formOf(settings as never, '2026-12-01')
  expect([ready({ ...form, signs: { ...form.signs, mass: '1' } }, '2026-12-01'), ready({ ...form, days: { ...form.days, many_days: '3661' } }, '2026-12-01')]).toEqual([false, false])
})

test('the days are those of the API, from its least to its most', () => {
  const contract = readFileSync(resolve(import.meta.dirname, '../../../../shared/contracts/complaints/settings.py'), 'utf8')
  const told = [...contract.matchAll(/^ {4}(\w+_days) = whole\((\d+), (\d+),/gm)].map(([, name, least, most]) => [name, [Number(least), Number(most)]])
  expect(Object.fromEntries(told)).toEqual(RANGES)
})

test('a change begins from what holds on its own day, and keeps what was typed when the day is another', () => {
  const [soon, far] = [{ ...settings, starts: '2026-12-05', answer_days: 4, own_limits: {} }, { ...settings, starts: '2027-06-01', answer_days: 9, soon_days: 5 }]
  const all = { today: settings, dated: [soon, far] } as never
  expect(['2026-12-04', '2026-12-05', '2027-05-31', '2027-06-01'].map((day) => holding(all, day).answer_days)).toEqual([3, 4, 4, 9])
  const from = formOf(holding(all, '2026-12-01'), '2026-12-01')
  const typedIn = { ...from, starts: '2027-06-01', days: { ...from.days, answer_days: '7' }, own_limits: { ...from.own_limits, tell: '3' } }
  expect(sent(rebased(typedIn, from, formOf(holding(all, '2027-06-01'), '2027-06-01')))).toMatchObject({ starts: '2027-06-01', answer_days: 7, soon_days: 5, own_limits: { accept: 5, tell: 3 } })
  expect(sent(rebased(from, from, formOf(holding(all, '2026-12-05'), '2026-12-05')))).toMatchObject({ starts: '2026-12-05', answer_days: 4, own_limits: {} })
})
