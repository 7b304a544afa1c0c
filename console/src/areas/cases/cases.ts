import type { Schemas } from '@/api/client'

export type Case = Schemas['CaseDocument']
/** As lists have it: without who complained, and without what may be done. */
export type CaseInList = Schemas['CaseItem']
/** Who watches the cases of the whole bureau, as the API decides it. */
export const WATCHERS = ['complaints_centre', 'office', 'panel', 'leader', 'auditor', 'hr'] as const

/** The clock that runs: the nearest deadline not yet met. */
export const running = (one: Pick<CaseInList, 'deadlines'>): CaseInList['deadlines'][number] | null => one.deadlines.filter((deadline) => !deadline.done && deadline.due).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))[0] ?? null

/** The list of everything, which is no queue of the API's. */
export const ALL = 'all'
/** What a list asks the API for; what is over has no deadline to be sorted by. */
export function listAsked(one: { show: string; q: string; kind: string; unit: string }): Record<string, string> {
  const { show, ...narrowed } = one
  const sort = show === ALL || show === 'done' ? '-received_at' : 'due'
  return { sort, ...Object.fromEntries(Object.entries({ ...narrowed, queue: show === ALL ? '' : show }).filter(([, value]) => value)) }
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
