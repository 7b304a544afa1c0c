import type { Schemas } from '@/api/client'
import { daysBetween, today } from '@/shared/logic/dates'

export type Case = Schemas['CaseDocument']
/** As lists have it: without who complained, and without what may be done. */
export type CaseInList = Schemas['CaseItem']
/** Who watches the cases of the whole bureau, as the API decides it. */
export const WATCHERS = ['complaints_centre', 'office', 'panel', 'leader', 'auditor', 'hr'] as const
export interface Holder { person: string | null; headed: string | null; centre: boolean }

/** The clock that runs: the nearest deadline not yet met. */
export const running = (one: Pick<CaseInList, 'deadlines'>): CaseInList['deadlines'][number] | null => one.deadlines.filter((deadline) => !deadline.done && deadline.due).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))[0] ?? null

export type Show = 'open' | 'toAssign' | 'mine' | 'today' | 'overdue' | 'followUp' | 'objected' | 'done' | 'all'
export function fits(one: CaseInList, show: Show, who: Holder, now = today()): boolean {
  const due = running(one)?.due
  const open = !['concluded', 'refused'].includes(one.status)
  switch (show) {
    case 'open': return open
    case 'toAssign': return one.status === 'registered'
    case 'mine': return open && (one.handler === who.person || one.unit === who.headed)
    case 'today': return open && !!due && daysBetween(now, due) >= 0 && daysBetween(now, due) <= 1
    case 'overdue': return open && !!due && due < now
    case 'followUp': return one.status === 'concluded' && !one.followed_up_at
    case 'objected': return !!one.objected_at
    case 'done': return !open
    case 'all': return true
  }
}

/** Cases that may be the same one: of the same trader, or told in much the same words. */
export function similar(all: readonly CaseInList[], trader: string, summary: string): CaseInList[] {
  const pairs = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)))
  const wanted = pairs(summary)
  const alike = (one: CaseInList): number => {
    const theirs = pairs(one.summary)
    const both = [...wanted].filter((pair) => theirs.has(pair)).length
    return wanted.size && theirs.size ? both / Math.min(wanted.size, theirs.size) : 0
  }
  const scored = all.map((one) => ({ one, same: trader.length > 1 && one.trader.includes(trader) ? 1 : 0, like: alike(one) }))
  return scored.filter(({ same, like }) => same || like > 0.6).sort((a, b) => b.same + b.like - a.same - a.like || b.one.received_at.localeCompare(a.one.received_at)).slice(0, 5).map(({ one }) => one)
}
