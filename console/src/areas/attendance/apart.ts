import type { Schemas } from '@/api/client'

export type Punch = Schemas['PunchDocument']
export type Line = Schemas['RejectedDocument']

/** What is kept apart, and what waits for somebody to have its number. */
export const LISTS = ['suspect', 'quarantined', 'lines', 'parked'] as const
export type List = (typeof LISTS)[number]

/** One of what is decided on, as it is shown: where it came from, what it says, what became of it. */
export interface Entry { key: string; device: string; place: string; what: string; who: string; at: string; received: string; raw: string; why: string; decision: string; by: string; may: boolean; punch: Punch | null; line: Line | null }

export const ofPunch = (one: Punch): Entry => ({
  key: [one.device, one.pin, one.time, one.status, one.verify].join(' '), device: one.device_name || one.device, place: one.place ?? '', what: one.pin, who: [one.person_name, one.unit_name].filter(Boolean).join(' '),
  at: one.time, received: one.received_at, raw: one.raw, why: one.reason ?? '', decision: one.decision ?? '', by: one.decided_by ?? '', may: one.may_decide ?? false, punch: one, line: null,
})
export const ofLine = (one: Line): Entry => ({
  key: `${one.device} ${one.digest}`, device: one.device_name || one.device, place: one.place ?? '', what: '', who: '', at: '', received: one.received_at, raw: one.raw, why: one.reason, decision: one.decision ?? '', by: one.decided_by ?? '', may: one.may_decide ?? false, punch: null, line: one,
})

export interface Verdict { accept: boolean; pin: string; at: string; reason: string }
/** Whether it can be sent: a line becomes a punch by its number and time, one alone; another time and every refusal need a reason. */
export function decidable(ones: readonly Entry[], verdict: Verdict): boolean {
  const reason = !!verdict.reason.trim()
  if (!verdict.accept) return reason && ones.length > 0
  if (ones.length > 1) return ones.every((one) => !one.line)
  return ones.every((one) => (one.line ? reason && !!verdict.pin.trim() && !!verdict.at : !verdict.at || reason))
}

/** What is sent for them, all of one list. `instant` makes an instant of what was typed, which is of one alone. */
export function commandOf(ones: readonly Entry[], list: List, verdict: Verdict, instant: (local: string) => string): { path: string; body: object } {
  const { accept, at } = verdict
  const reason = verdict.reason.trim()
  if (list === 'lines') {
    const said = accept ? { pin: verdict.pin.trim(), time: instant(at) } : {}
    return { path: 'punches/rejected/decide', body: { lines: ones.map(({ line }) => ({ device: line?.device, digest: line?.digest, accept, reason, ...said })) } }
  }
  const said = accept && at && ones.length === 1 ? { correct_to: instant(at) } : {}
  return { path: 'punches/decide', body: { punches: ones.map(({ punch }) => ({ device: punch?.device, pin: punch?.pin, time: punch?.time, status: punch?.status, verify: punch?.verify, state: list, accept, reason, ...said })) } }
}
