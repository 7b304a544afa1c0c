import { daysBetween, today } from '@/shared/logic/dates'

export interface Deadline { name: string; due: string | null; done: string | null; regime: string; article: string; state: string }
export interface Case {
  code: string; number: string; kind: string; organisation: string; status: string; intake_unit: string; unit: string | null; handler: string | null; received_at: string; registered_at: string; summary: string
  trader: string; consumer?: string; assigned_at: string | null; contacted_at: string | null; decided_at: string | null; concluded_at: string | null; outcome: string | null; refusal_ground: string | null
  recovered: string | null; voucher: boolean; perform_by: string | null; performed_on: string | null; must_tell: boolean; told_at: string | null; followed_up_at: string | null; answered: boolean
  satisfaction: string | null; repeat_of: string | null; pauses: (string | null)[][]; extended_at: string | null; deadlines: Deadline[]; revision: number; may?: string[]
}
export type Step = 'assign' | 'contact' | 'accept' | 'refuse' | 'pause' | 'resume' | 'extend' | 'conclude' | 'tell' | 'perform' | 'follow_up'
export interface Holder { person: string | null; headed: string | null; centre: boolean }

/** The clock that runs: the nearest deadline not yet met. */
export const running = (one: Case): Deadline | null => one.deadlines.filter((deadline) => !deadline.done && deadline.due).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))[0] ?? null

export type Show = 'open' | 'toAssign' | 'mine' | 'today' | 'overdue' | 'followUp' | 'done' | 'all'
export function fits(one: Case, show: Show, who: Holder, now = today()): boolean {
  const due = running(one)?.due
  const open = !['concluded', 'refused'].includes(one.status)
  switch (show) {
    case 'open': return open
    case 'toAssign': return one.status === 'registered'
    case 'mine': return open && (one.handler === who.person || one.unit === who.headed)
    case 'today': return open && !!due && daysBetween(now, due) >= 0 && daysBetween(now, due) <= 1
    case 'overdue': return open && !!due && due < now
    case 'followUp': return one.status === 'concluded' && !one.followed_up_at
    case 'done': return !open
    case 'all': return true
  }
}

/** What comes next, for whoever may: as the API says, else from the state. Steps that only some cases know are shown where they fit. */
export function steps(one: Case, who: Holder): Step[] {
  if (one.may) return one.may as Step[]
  const handles = who.centre || (one.handler !== null && one.handler === who.person) || (!!one.unit && one.unit === who.headed)
  const sends = who.centre || (!!who.headed && (one.intake_unit === who.headed || one.unit === who.headed))
  const paused = one.pauses.some((pause) => pause[1] === null || pause[1] === undefined)
  const next: Step[] = []
  if (one.status === 'registered' && sends) next.push('assign')
  if (one.status === 'assigned' && handles) next.push(...(one.contacted_at ? [] : (['contact'] as const)), ...(one.kind === 'complaint' ? (['accept', 'refuse'] as const) : (['conclude'] as const)))
  if (one.status === 'accepted' && handles) next.push('conclude', paused ? 'resume' : 'pause')
  if (one.status === 'concluded' && handles && one.must_tell && !one.told_at) next.push('tell')
  if (one.status === 'concluded' && handles && one.perform_by && !one.performed_on) next.push('perform')
  if (one.status === 'concluded' && sends && !one.followed_up_at) next.push('follow_up')
  return next
}

/** What happened, in the order in which it did. */
export function history(one: Case): { what: string; at: string }[] {
  const marks: [string, string | null][] = [
    ['received', one.received_at], ['registered', one.registered_at], ['assigned', one.assigned_at], ['contacted', one.contacted_at],
    [one.status === 'refused' ? 'refused' : 'accepted', one.decided_at], ['extended', one.extended_at], ['concluded', one.concluded_at], ['told', one.told_at], ['performed', one.performed_on], ['followedUp', one.followed_up_at],
  ]
  return marks.filter((mark): mark is [string, string] => !!mark[1]).map(([what, at]) => ({ what, at })).sort((a, b) => a.at.localeCompare(b.at))
}

/** Cases that may be the same one: of the same trader, or told in much the same words. */
export function similar(all: readonly Case[], trader: string, summary: string): Case[] {
  const pairs = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)))
  const wanted = pairs(summary)
  const alike = (one: Case): number => {
    const theirs = pairs(one.summary)
    const both = [...wanted].filter((pair) => theirs.has(pair)).length
    return wanted.size && theirs.size ? both / Math.min(wanted.size, theirs.size) : 0
  }
  const scored = all.map((one) => ({ one, same: trader.length > 1 && one.trader.includes(trader) ? 1 : 0, like: alike(one) }))
  return scored.filter(({ same, like }) => same || like > 0.6).sort((a, b) => b.same + b.like - a.same - a.like || b.one.received_at.localeCompare(a.one.received_at)).slice(0, 5).map(({ one }) => one)
}
