import { type Page, everything, getJson } from '@/api/client'
import type { Inspection } from './checks'

export type Counts = Record<string, string>
export interface Thing { counts: Counts; evidence?: string[]; remark?: string }

/** Where one thing of a kind is read. */
const DOCUMENTS: Record<string, string> = {
  declaration: 'declarations', verification: 'declarations', assessment: 'declarations', task_order: 'task-orders', judgement: 'task-orders', contribution: 'contributions', settlement: 'contributions',
}

/** What is inspected, with the quantities that stand. */
export const thing = (kind: string, id: string, cycle: string, signal: AbortSignal): Promise<Thing> => getJson(`${DOCUMENTS[kind] ?? kind}/${id}`, { cycle }, signal)

/** The quantities that stand in what an appeal is against; none for vetoes and whole scores. */
export async function standingIn(appeal: { kind: string; object: string; cycle: string; subject: string }, signal: AbortSignal): Promise<Counts | null> {
  const { kind, object, cycle, subject } = appeal
  if (DOCUMENTS[kind]) return (await thing(kind, object, cycle, signal)).counts
  if (kind !== 'finding') return null
  const found = (await everything((after) => getJson<Page<Inspection>>('inspections', { cycle, subject, limit: 500, after }, signal))).find((one) => one.inspection === object)
  return found?.counts_after ?? found?.counts_before ?? null
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
