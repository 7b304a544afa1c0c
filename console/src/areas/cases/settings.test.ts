import { expect, test } from 'vitest'
import { formOf, ready, sent } from './settings'

const readings = { weekend_moves: false, statutory_only: false, pause_both_ends: false, transfer_restarts: true, supplement_pauses: false, recusal_pauses: false, by_receipt: true }
const settings = {
  starts: null, readings: { 令121: readings }, own_limits: { accept: 5 }, satisfied: ['satisfied'], late_entry_days: 7, late_consent_days: 7, repeat_days: 60, soon_days: 2, warn_hours: [16, 4], answer_days: 3, quiet_from: '20:00', quiet_until: '08:00', duty_phone: '', veto_indicator: '01-03-04',
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
})
