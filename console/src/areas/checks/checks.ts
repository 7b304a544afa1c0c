import type { Schemas } from '@/api/client'
import { isUndecided } from '@/shared/logic/evidence'
import { wholeNumber } from '@/shared/logic/numbers'

export type Check = Schemas['SpotCheckDocument']
export type Inspection = Schemas['InspectionDocument']
export type Appeal = Schemas['AppealDocument']
export type Veto = Schemas['VetoDocument']

/** The steps of a check, and how far it is. */
export const STEPS = ['announced', 'drawn', 'found', 'closed'] as const
export function reached(check: Pick<Check, 'status'>, open: number): number {
  if (check.status === 'closed') return 4
  if (check.status === 'drawn') return open ? 2 : 3
  return check.status === 'announced' ? 1 : 0
}

/** Whether somebody takes a finding back: it is theirs, and its check is not closed (`drawn`: those that are under way). */
export const takesBack = (one: Pick<Inspection, 'status' | 'found_by' | 'spot_check'>, person: string | null, drawn: ReadonlySet<string> | undefined): boolean =>
  one.status === 'found' && !!person && one.found_by === person && !!drawn?.has(one.spot_check)

/** Whether somebody puts files to a check of an item: its inspector, and whose item it is, until there is a finding. */
export const addsTo = (one: Pick<Inspection, 'status' | 'inspector' | 'subject'>, person: string | null, headed: string | null): boolean =>
  isUndecided(one.status) && !!person && (one.inspector === person || [person, headed].includes(one.subject))

type Terms = Schemas['TermsSince']
/** The terms of appeals, the newest first: which hold today, which are still to come. */
export function datedTerms(terms: readonly Terms[], day: string): (Terms & { state: 'coming' | 'now' | 'past' })[] {
  const sorted = [...terms].sort((one, two) => (two.since ?? '').localeCompare(one.since ?? ''))
  const now = sorted.findIndex((one) => (one.since ?? '') <= day)
  return sorted.map((one, at) => ({ ...one, state: at < now || now < 0 ? 'coming' : at === now ? 'now' : 'past' }))
}

/** Working days as typed, as many as the API takes; null is none of them. */
export const termDays = (text: string): number | null => wholeNumber(text, 1, 120)

/** Files that stand in the evidence of a text field go apart from what was written. */
export const written = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

export const percent = (share: string | null | undefined): string => (share ? `${(Number(share) * 100).toFixed(1)}%` : '—')
