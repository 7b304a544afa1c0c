/** Where the things stand that one may appeal against, by kind; `states` are those in which something has been decided. */
export interface ObjectList { path: string; id: string; indicator: boolean; states: readonly string[] }

export const OBJECT_LISTS: Record<string, ObjectList> = {
  verification: { path: 'declarations', id: 'declaration', indicator: true, states: ['returned'] },
  assessment: { path: 'declarations', id: 'declaration', indicator: true, states: ['assessed', 'recorded'] },
  judgement: { path: 'task-orders', id: 'order', indicator: true, states: ['judged'] },
  settlement: { path: 'contributions', id: 'contribution', indicator: true, states: ['settled', 'rejected'] },
  finding: { path: 'inspections', id: 'inspection', indicator: false, states: ['found'] },
  veto: { path: 'vetoes', id: 'veto', indicator: true, states: ['confirmed'] },
}
export const KINDS = ['assessment', 'verification', 'judgement', 'settlement', 'finding', 'veto', 'score'] as const
