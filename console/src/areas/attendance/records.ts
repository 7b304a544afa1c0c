import type { Schemas } from '@/api/client'
import type { Correction, Leave } from './attendance'

export type Punch = Schemas['PunchDocument']
export const RECORDS = ['leaves', 'corrections', 'punches'] as const
export type Records = (typeof RECORDS)[number]
/** The states by which each list is found; a punch that counts has none. */
export const STATES: Record<Records, string> = { leaves: 'leave_status', corrections: 'correction_status', punches: '' }

export interface Asked { person: string; unit: string; device: string; from: string; to: string; status: string; q: string }
export const ASKED: Asked = { person: '', unit: '', device: '', from: '', to: '', status: '', q: '' }

/** What the API is asked for: of a list only what it is found by. */
export function queryOf(list: Records, asked: Asked): Record<string, string> {
  const { device, status, ...rest } = asked
  const own = list === 'punches' ? { device } : { status }
  return Object.fromEntries(Object.entries({ ...rest, ...own }).filter(([, value]) => value))
}

/** One of any of the lists: whose, what, when, in which state, by whom it was decided. */
export interface Entry { key: string; person: string; name: string; unit: string; leave: Leave | null; correction: Correction | null; punch: Punch | null; status: string; by: string; byName: string }
const NOTHING = { leave: null, correction: null, punch: null, status: '', by: '', byName: '' }
const whose = (one: { person?: string | null; person_name?: string | null; unit_name?: string | null }): Pick<Entry, 'person' | 'name' | 'unit'> => ({ person: one.person ?? '', name: one.person_name ?? one.person ?? '', unit: one.unit_name ?? '' })

export function ofLeave(one: Leave): Entry {
  const last = one.steps[one.steps.length - 1]
  return { ...NOTHING, ...whose(one), key: one.leave, leave: one, status: one.status, by: last?.by ?? '', byName: last?.by_name ?? '' }
}
export const ofCorrection = (one: Correction): Entry => ({ ...NOTHING, ...whose(one), key: `${one.person} ${one.day} ${one.point}`, correction: one, status: one.status, by: one.decided_by })
export const ofPunch = (one: Punch): Entry => ({ ...NOTHING, ...whose(one), key: [one.device, one.pin, one.time, one.status, one.verify].join(' '), punch: one })
