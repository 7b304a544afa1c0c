import type { Schemas } from '@/api/client'

export type Punch = Schemas['PunchDocument']
export type Line = Schemas['RejectedDocument']

/** What is kept apart, and what waits for somebody to have its number. */
export const LISTS = ['suspect', 'quarantined', 'lines', 'parked'] as const
export type List = (typeof LISTS)[number]

/** One of what is decided on, as it is shown: where it came from, what it says, what became of it. */
export interface Entry { key: string; device: string; place: string; what: string; who: string; at: string; received: string; raw: string; why: string; decision: string; by: string; punch: Punch | null; line: Line | null }

export const ofPunch = (one: Punch): Entry => ({
  key: [one.device, one.pin, one.time, one.status, one.verify].join(' '), device: one.device_name || one.device, place: one.place ?? '', what: one.pin, who: [one.person_name, one.unit_name].filter(Boolean).join(' '),
  at: one.time, received: one.received_at, raw: one.raw, why: one.reason ?? '', decision: one.decision ?? '', by: one.decided_by ?? '', punch: one, line: null,
})
export const ofLine = (one: Line): Entry => ({
  key: `${one.device} ${one.digest}`, device: one.device_name || one.device, place: one.place ?? '', what: '', who: '', at: '', received: one.received_at, raw: one.raw, why: one.reason, decision: one.decision ?? '', by: one.decided_by ?? '', punch: null, line: one,
})

export interface Verdict { accept: boolean; pin: string; at: string; reason: string }
/** Whether it can be sent: a line becomes a punch by its number and time, another time and every refusal need a reason. */
export function decidable(one: Entry, verdict: Verdict): boolean {
  const reason = !!verdict.reason.trim()
  if (!verdict.accept) return reason
  return one.line ? reason && !!verdict.pin.trim() && !!verdict.at : !verdict.at || reason
}

/** What is sent for it. `instant` makes an instant of what was typed. */
export function commandOf(one: Entry, list: List, verdict: Verdict, instant: (local: string) => string): { path: string; body: object } {
  const reason = verdict.reason.trim()
  if (one.line) {
    const said = verdict.accept ? { pin: verdict.pin.trim(), time: instant(verdict.at) } : {}
    return { path: 'punches/rejected/decide', body: { lines: [{ device: one.line.device, digest: one.line.digest, accept: verdict.accept, reason, ...said }] } }
  }
  const { device, pin, time, status, verify } = one.punch as Punch
  const said = verdict.accept && verdict.at ? { correct_to: instant(verdict.at) } : {}
  return { path: 'punches/decide', body: { punches: [{ device, pin, time, status, verify, state: list, accept: verdict.accept, reason, ...said }] } }
}
