import type { Schemas } from '@/api/client'

type Waiting = Schemas['WaitingDocument']
/** What has a quota and a publication each. */
export const LAYERS = ['division', 'station', 'person'] as const
export const underWay = (job: Pick<Schemas['JobDocument'], 'status'>): boolean => job.status === 'queued' || job.status === 'running'

/** How much waits for which step, the most first. */
export function byDesk(waiting: readonly Pick<Waiting, 'desk'>[]): { step: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const one of waiting) counts.set(one.desk.step, (counts.get(one.desk.step) ?? 0) + 1)
  return [...counts].map(([step, count]) => ({ step, count })).sort((one, two) => two.count - one.count || one.step.localeCompare(two.step))
}

/** Whom the panel took of those tied at a quota's edge, each with its reason; layers where nobody was taken are left out. */
export function chosenOf(reasons: Readonly<Record<string, Readonly<Record<string, string>>>>): Record<string, Record<string, string>> {
  const kept = Object.entries(reasons).map(([layer, of]) => [layer, Object.fromEntries(Object.entries(of).map(([who, why]) => [who, why.trim()]).filter(([, why]) => why))] as const)
  return Object.fromEntries(kept.filter(([, of]) => Object.keys(of).length))
}

/** How many of the tied have to be chosen: the places that are left within the quota. */
export const toChoose = (quota: Pick<Schemas['QuotaDocument'], 'places' | 'nominated'> | undefined): number => (quota ? Math.max(0, quota.places - quota.nominated) : 0)

/** What is counted by code, in the order of its vocabulary; what that does not name comes last. */
export function inOrder<T>(counts: Readonly<Record<string, T>>, order: readonly string[]): [string, T][] {
  const place = (code: string): number => { const at = order.indexOf(code); return at < 0 ? order.length : at }
  return Object.entries(counts).sort(([one], [two]) => place(one) - place(two))
}
