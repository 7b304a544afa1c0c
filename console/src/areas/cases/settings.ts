import type { Schemas } from '@/api/client'
import { today } from '@/shared/logic/dates'
import { typed } from '@/shared/logic/numbers'

type Settings = Schemas['CaseSettingsDocument']
/** Each number of days, and what the API takes at least and at most. */
export const RANGES = {
  late_entry_days: [0, 366], late_consent_days: [1, 366], repeat_days: [1, 366], soon_days: [0, 60], answer_days: [1, 60], frequent_days: [1, 366], many_days: [1, 3660], calendar_days: [0, 366], objection_days: [1, 366], objection_answer_days: [1, 60],
} as const
export const DAYS = Object.keys(RANGES) as (keyof typeof RANGES)[]
export const SIGNS = ['frequency', 'quantity', 'mass', 'shared_contact', 'shared_address'] as const
export const READINGS = ['weekend_moves', 'statutory_only', 'pause_both_ends', 'transfer_restarts', 'supplement_pauses', 'recusal_pauses', 'by_receipt'] as const
export interface Form {
  starts: string; days: Record<keyof typeof RANGES, string>; signs: Record<(typeof SIGNS)[number], string>; warn_hours: string; quiet_from: string; quiet_until: string; duty_phone: string; veto_indicator: string; read_openly: boolean; jurisdictions: Settings['jurisdictions']
  satisfied: string[]; own_limits: Record<string, string>; readings: Record<string, Record<(typeof READINGS)[number], boolean>>
}

type InForce = Pick<Schemas['CaseSettingsInForce'], 'today' | 'dated'>
/** What holds on a day, as far as it is known today: the newest that begins by then. */
export const holding = ({ today: now, dated }: InForce, day: string): Settings => dated.filter((one) => (one.starts ?? '') <= day).at(-1) ?? now

const grouped = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** On another day other things hold: what was typed stays, everything else is as it is then. */
export function rebased<T>(typedIn: T, from: T, to: T): T {
  if (grouped(typedIn) && grouped(from) && grouped(to)) {
    const names = new Set([typedIn, from, to].flatMap((one) => Object.keys(one)))
    return Object.fromEntries([...names].map((name) => [name, rebased(typedIn[name], from[name], to[name])]).filter(([, value]) => value !== undefined)) as T
  }
  return JSON.stringify(typedIn) === JSON.stringify(from) ? to : typedIn
}

/** What holds, to be changed from a day on. */
export function formOf(settings: Settings, starts: string): Form {
  return {
    starts, days: Object.fromEntries(DAYS.map((name) => [name, String(settings[name])])) as Form['days'], signs: Object.fromEntries(SIGNS.map((name) => [name, String(settings.signs[name])])) as Form['signs'], warn_hours: settings.warn_hours.join(' '), quiet_from: settings.quiet_from, quiet_until: settings.quiet_until,
    duty_phone: settings.duty_phone, veto_indicator: settings.veto_indicator, read_openly: settings.read_openly, jurisdictions: settings.jurisdictions.map((one) => ({ ...one })), satisfied: [...settings.satisfied],
    own_limits: Object.fromEntries(Object.entries(settings.own_limits).map(([name, days]) => [name, String(days)])),
    readings: Object.fromEntries(Object.entries(settings.readings).map(([regime, values]) => [regime, Object.fromEntries(READINGS.map((name) => [name, values[name]])) as Form['readings'][string]])),
  }
}

const whole = (text: string, [least, most]: readonly [number, number]): boolean => /^\d{1,5}$/.test(typed(text)) && Number(typed(text)) >= least && Number(typed(text)) <= most
const numbers = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean)

export function ready(form: Form, now = today()): boolean {
  return form.starts >= now && DAYS.every((name) => whole(form.days[name], RANGES[name])) && SIGNS.every((name) => whole(form.signs[name], [2, 10_000])) && form.satisfied.length > 0 && !!form.veto_indicator && numbers(form.warn_hours).length <= 5
    && numbers(form.warn_hours).every((one) => whole(one, [1, 480])) && Object.values(form.own_limits).every((one) => !one || whole(one, [1, 366])) && !!form.quiet_from && !!form.quiet_until && form.jurisdictions.every((one) => one.words.trim() && (one.unit || one.other_bureau.trim()))
}

/** All of them, as the API takes them. */
export function sent(form: Form): Record<string, unknown> {
  const { days, signs, warn_hours, own_limits, ...rest } = form
  const limits = Object.entries(own_limits).filter(([, value]) => value)
  return {
    ...rest, signs: Object.fromEntries(SIGNS.map((name) => [name, Number(typed(signs[name]))])), ...Object.fromEntries(DAYS.map((name) => [name, Number(typed(days[name]))])), warn_hours: numbers(warn_hours).map((one) => Number(typed(one))), own_limits: Object.fromEntries(limits.map(([name, value]) => [name, Number(typed(value))])),
  }
}
