import type { Schemas } from '@/api/client'

export type Line = Schemas['TrailLine']
export type Anchor = Schemas['AnchorDocument']

/** What a line is about and what was done: `targets.ClaimChanged.v2` and `leave.approve` each fall into two words. */
export function halves(action: string): [thing: string, deed: string] {
  const event = /^\w+\.(\w+)\.v\d+$/.exec(action)
  if (event) return [event[1] ?? '', 'changed']
  const at = action.lastIndexOf('.')
  return [action.slice(0, at), action.slice(at + 1)]
}

export interface Member { name: string; before: string; after: string }

const shown = (value: unknown): string => (value === undefined || value === null || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Each member of a state that became another, beside what it was. */
export function members(line: Pick<Line, 'before' | 'after'>): Member[] {
  const [before, after] = [line.before as Record<string, unknown>, line.after as Record<string, unknown>]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().map((name) => ({ name, before: shown(before[name]), after: shown(after[name]) }))
}

export interface Reached { schema: string; bureau: string; lines: number; at: string; fault: string }
const keyOf = (trail: { schema: string; bureau: string }): string => `${trail.schema}/${trail.bureau}`

/** How far each trail had come when it was last noted, and what the newest anchor found wrong: an anchor names only trails that had grown. */
export function reached(anchors: readonly Anchor[]): Reached[] {
  const found = new Map<string, Reached>()
  for (const one of anchors[0]?.broken ?? []) found.set(keyOf(one), { ...one, lines: 0, at: anchors[0]?.at ?? '' })
  for (const anchor of anchors) {
    for (const one of anchor.trails) {
      const known = found.get(keyOf(one))
      if (!known) found.set(keyOf(one), { ...one, at: anchor.at, fault: '' })
      else if (known.fault && !known.lines) found.set(keyOf(one), { ...known, lines: one.lines })
    }
  }
  return [...found.values()].sort((one, two) => keyOf(one).localeCompare(keyOf(two)))
}
