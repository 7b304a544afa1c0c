import { type Page, everything, getJson } from '@/api/client'
import { periodText } from '@/shared/logic/dates'
import { points } from '@/shared/logic/numbers'
import type { Inspection } from './checks'

export type Counts = Record<string, string>
export interface Thing { counts: Counts; target?: string | null; evidence?: string[]; remark?: string }

/** Where one thing of a kind is read. */
const DOCUMENTS: Record<string, string> = {
  declaration: 'declarations', verification: 'declarations', assessment: 'declarations', task_order: 'task-orders', judgement: 'task-orders', contribution: 'contributions', settlement: 'contributions',
}

/** What is inspected, with the quantities that stand. */
export const thing = (kind: string, id: string, cycle: string, signal: AbortSignal): Promise<Thing> => getJson(`${DOCUMENTS[kind] ?? kind}/${id}`, { cycle }, signal)

/** The quantities that stand in what an appeal is against, and the target they are measured by; none for vetoes and whole scores. */
export async function standingIn(appeal: { kind: string; object: string; cycle: string; subject: string }, signal: AbortSignal): Promise<Thing | null> {
  const { kind, object, cycle, subject } = appeal
  if (DOCUMENTS[kind]) return thing(kind, object, cycle, signal)
  if (kind !== 'finding') return null
  const found = (await everything((after) => getJson<Page<Inspection>>('inspections', { cycle, subject, limit: 500, after }, signal))).find((one) => one.inspection === object)
  if (!found) return null
  const about = await thing(found.kind, found.item, cycle, signal)
  return { counts: found.counts_after ?? found.counts_before ?? about.counts, target: about.target ?? null }
}

/** Where the things stand that one may appeal against, by kind; `states` are those in which something has been decided. */
export interface ObjectList { path: string; id: string; states: readonly string[] }

export const OBJECT_LISTS: Record<string, ObjectList> = {
  verification: { path: 'declarations', id: 'declaration', states: ['returned'] },
  assessment: { path: 'declarations', id: 'declaration', states: ['assessed', 'recorded'] },
  judgement: { path: 'task-orders', id: 'order', states: ['judged'] },
  settlement: { path: 'contributions', id: 'contribution', states: ['settled', 'rejected'] },
  finding: { path: 'inspections', id: 'inspection', states: ['found'] },
  veto: { path: 'vetoes', id: 'veto', states: ['confirmed'] },
}
export const KINDS = ['assessment', 'verification', 'judgement', 'settlement', 'finding', 'veto', 'score'] as const

/** What a leader may check on the spot, by kind: whatever counts. */
export const CHECKED: Record<Inspection['kind'], ObjectList> = {
  declaration: { path: 'declarations', id: 'declaration', states: ['assessed', 'recorded'] },
  task_order: { path: 'task-orders', id: 'order', states: ['judged'] },
  contribution: { path: 'contributions', id: 'contribution', states: ['settled'] },
}

interface Listed { status: string; indicator: string; indicator_name?: string | null; period?: string; points?: string | null; title?: string; [id: string]: unknown }
export interface Choice { id: string; text: string }

/** The choices with those last that are taken (a status by id), each told so. */
function takenLast(choices: Choice[], taken: ReadonlyMap<string, string>, told: (text: string, status: string) => string): Choice[] {
  const [again, fresh] = [choices.filter((one) => taken.has(one.id)), choices.filter((one) => !taken.has(one.id))]
  return [...fresh, ...again.map((one) => ({ ...one, text: told(one.text, taken.get(one.id) ?? '') }))]
}

/** The choices with those last against which an appeal stands already: one decision is appealed against once. */
export async function appealedLast(choices: Choice[], cycle: string, kind: string, subject: string, told: (text: string, status: string) => string, signal: AbortSignal): Promise<Choice[]> {
  const filed = await everything((after) => getJson<Page<{ object: string; status: string }>>('appeals', { cycle, kind, subject, limit: 500, after }, signal))
  return takenLast(choices, new Map(filed.filter((one) => one.status !== 'withdrawn').map((one) => [one.object, one.status])), told)
}

/** The choices with those last that another check has not found yet: nothing is checked twice at a time. */
export async function checkedLast(choices: Choice[], cycle: string, subject: string, told: (text: string) => string, signal: AbortSignal): Promise<Choice[]> {
  const checks = await everything((after) => getJson<Page<Inspection>>('inspections', { cycle, subject, limit: 500, after }, signal))
  return takenLast(choices, new Map(checks.filter((one) => one.status === 'assigned' || one.status === 'unassigned').map((one) => [one.item, one.status])), told)
}

/** What of a list has been decided for a subject, each with the words by which it is chosen. */
export async function decidedOf(list: ObjectList, cycle: string, subject: string, indicator: (code: string) => string, signal: AbortSignal): Promise<Choice[]> {
  const all = await everything((after) => getJson<Page<Listed>>(list.path, { cycle, subject, limit: 500, after }, signal))
  return all.filter((one) => list.states.includes(one.status)).map((one) => ({
    id: String(one[list.id]),
    text: [one.title || (one.indicator_name ?? indicator(one.indicator)), one.period && periodText(one.period, true), one.points && points(one.points)].filter(Boolean).join(' · '),
  }))
}
