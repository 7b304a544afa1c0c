import { useI18n } from 'vue-i18n'
import type { Schemas } from '@/api/client'

export type Clock = Schemas['WallDevice']
/** What waits for its approval. */
export type Pending = Pick<Clock, 'serial' | 'status' | 'name' | 'place' | 'address' | 'seen_at' | 'quarantined' | 'revision'>
export const REJECTED_AT_ONCE = 500
export type Told = Schemas['DeviceCommandDocument']
export type Kind = Told['kind']

/** Alarms about addresses are decided by somebody; all others stand at their clock and end by themselves. */
export const ADDRESS_ALARMS: readonly string[] = ['elsewhere', 'keyless', 'moved', 'twice']
export const ZONES: readonly string[] = ['Asia/Shanghai', 'Asia/Urumqi']

/** Time zones by their common names; one without a name shows its code. */
export function useZones(): (code: string) => string {
  const { t, te } = useI18n()
  return (code) => {
    const key = `attendance.zones.${code.replace('/', '_')}`
    return te(key) ? t(key) : code
  }
}

/** What is ordered by one button; days and numbers are asked for where they are needed. */
export const ORDERS: readonly Kind[] = ['count', 'fetch', 'list_users', 'put_user', 'set_time', 'info', 'reboot']
export const asksDays = (kind: Kind): boolean => kind === 'count' || kind === 'fetch'

/** What a clock can be told at all: a terminal that pushes events nothing, an access control not the time. */
export const ordersOf = (protocol: string): readonly Kind[] => (protocol === 'hikvision' ? [] : ORDERS.filter((one) => protocol !== 'access' || one !== 'set_time'))

/** The firmware, of what a clock tells of itself: its first part. */
export const firmwareOf = (info: string): string => info.split(',')[0]?.trim() ?? ''

/** The span that is missing, from the last day on which nothing was: up to a month of it. */
export function missingSpan(since: string | null, today: string): { first: string; last: string } {
  const earliest = new Date(Date.parse(`${today}T00:00:00Z`) - 30 * 86_400_000).toISOString().slice(0, 10)
  return { first: since && since <= today ? (since > earliest ? since : earliest) : today, last: today }
}

/** Networks as they are typed, one a line or with commas. */
export const networksOf = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean)

/** Whether a command can still be taken back. */
export const isOpen = (one: Pick<Told, 'status'>): boolean => one.status === 'waiting' || one.status === 'given'

/** A serial number as the API takes it. */
export const isSerial = (text: string): boolean => /^[0-9A-Za-z._-]{1,64}$/.test(text)
