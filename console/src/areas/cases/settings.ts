import type { Schemas } from '@/api/client'
import { today } from '@/shared/logic/dates'
import { typed } from '@/shared/logic/numbers'

type Settings = Schemas['CaseSettingsDocument']
export const DAYS = ['late_entry_days', 'late_consent_days', 'repeat_days', 'soon_days', 'answer_days'] as const
export const READINGS = ['weekend_moves', 'statutory_only', 'pause_both_ends', 'transfer_restarts', 'supplement_pauses', 'recusal_pauses', 'by_receipt'] as const
export interface Form {
  starts: string; days: Record<(typeof DAYS)[number], string>; warn_hours: string; quiet_from: string; quiet_until: string; duty_phone: string; veto_indicator: string
  satisfied: string[]; own_limits: Record<string, string>; readings: Record<string, Record<(typeof READINGS)[number], boolean>>
}

/** What was set last, to be changed from another day on. */
export function formOf(settings: Settings, starts: string): Form {
  return {
    starts, days: Object.fromEntries(DAYS.map((name) => [name, String(settings[name])])) as Form['days'], warn_hours: settings.warn_hours.join(' '), quiet_from: settings.quiet_from, quiet_until: settings.quiet_until,
    duty_phone: settings.duty_phone, veto_indicator: settings.veto_indicator, satisfied: [...settings.satisfied],
    own_limits: Object.fromEntries(Object.entries(settings.own_limits).map(([name, days]) => [name, String(days)])),
    readings: Object.fromEntries(Object.entries(settings.readings).map(([regime, values]) => [regime, Object.fromEntries(READINGS.map((name) => [name, values[name]])) as Form['readings'][string]])),
  }
}

const whole = (text: string, least: number): boolean => /^\d{1,3}$/.test(typed(text)) && Number(typed(text)) >= least
const numbers = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean)

export function ready(form: Form, now = today()): boolean {
  return form.starts >= now && DAYS.every((name) => whole(form.days[name], name === 'late_entry_days' || name === 'soon_days' ? 0 : 1)) && form.satisfied.length > 0 && !!form.veto_indicator && numbers(form.warn_hours).length <= 5
    && numbers(form.warn_hours).every((one) => whole(one, 1)) && Object.values(form.own_limits).every((one) => !one || whole(one, 1)) && !!form.quiet_from && !!form.quiet_until
}

/** All of them, as the API takes them. */
export function sent(form: Form): Record<string, unknown> {
  const { days, warn_hours, own_limits, ...rest } = form
  const limits = Object.entries(own_limits).filter(([, value]) => value)
  return {
    ...rest, ...Object.fromEntries(DAYS.map((name) => [name, Number(typed(days[name]))])), warn_hours: numbers(warn_hours).map((one) => Number(typed(one))), own_limits: Object.fromEntries(limits.map(([name, value]) => [name, Number(typed(value))])),
  }
}
