import type { Schemas } from '@/api/client'
import type { Indicator, Person, Unit } from '@/shared/state/names'

export type Improvement = Schemas['ImprovementDocument']
export type ProblemTold = Schemas['ProblemDocument']

/** What the panel and the leaders may do with a measure; nobody does it to themselves. */
export const STEPS: Record<string, readonly ('order' | 'drop' | 'withdraw')[]> = { proposed: ['order', 'drop'], ordered: ['withdraw'] }
export const mayStep = (one: Improvement, me: string | null, heads: string | null): boolean => !!me && one.subject !== me && one.subject !== heads

/** Under which items a task for the subject can be ordered: of accountability, of its layer, counted rather than struck. */
export function carriers(all: readonly Indicator[], layer: string, line: string): Indicator[] {
  return all.filter((one) => one.active && one.tool === 'accountability' && one.rule !== 'veto' && one.layers.includes(layer) && (one.line === 'all' || line === 'all' || one.line === line))
}

export interface Subject { code: string; name: string; layer: string; line: string }
/** For whom one may propose: a head for the own unit and its people, whoever watches over all for everybody. */
export function subjectsOf(units: readonly Unit[], persons: readonly Person[], headed: string | null, everybody: boolean): Subject[] {
  const ofUnits = units.filter((one) => one.active && one.kind !== 'bureau' && (everybody || one.unit === headed)).map((one) => ({ code: one.unit, name: one.name, layer: one.kind === 'station' ? 'station' : 'division', line: one.line }))
  const ofPersons = persons.filter((one) => one.active && (everybody || one.unit === headed)).map((one) => ({ code: one.person, name: one.name, layer: 'person', line: one.line }))
  return [...ofUnits, ...ofPersons]
}
