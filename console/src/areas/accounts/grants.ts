import type { Schemas } from '@/api/client'

export type Proposal = Schemas['GrantProposal']
export type Grant = Schemas['GrantBody']

/** What each role may reach, as the API takes it. */
export const SCOPES: Record<string, readonly string[]> = {
  staff: ['own'], unit_head: ['unit'], assessor: ['unit'], hr: ['bureau'], panel: ['bureau'], leader: ['bureau', 'line'], office: ['bureau'], complaints_centre: ['bureau'],
  devices: ['bureau'], registrar: ['bureau'], auditor: ['bureau', 'installation'], admin: ['installation'], security: ['bureau', 'installation'],
}
/** Given by whoever keeps accounts alone; every other role waits for a security officer. */
export const PLAIN: ReadonlySet<string> = new Set(['staff', 'devices'])
/** Given by administrators only. */
export const FROM_ABOVE: ReadonlySet<string> = new Set(['admin', 'security'])

export const same = (one: Grant, two: Grant): boolean => one.role === two.role && one.scope === two.scope && (one.target ?? null) === (two.target ?? null)

/** What a change of roles does at once, and what waits for a second account's word. */
export function effects(before: readonly Grant[], after: readonly Grant[]): { taken: Grant[]; given: Grant[]; waiting: Grant[] } {
  const added = after.filter((one) => !before.some((two) => same(one, two)))
  return { taken: before.filter((one) => !after.some((two) => same(one, two))), given: added.filter((one) => PLAIN.has(one.role)), waiting: added.filter((one) => !PLAIN.has(one.role)) }
}

/** Whether a role to be added is whole: its scope, and whom it is about where the scope asks for it. */
export const whole = (grant: Grant): boolean => (SCOPES[grant.role] ?? []).includes(grant.scope) && (['unit', 'line'].includes(grant.scope) === !!grant.target)

/** Whether a role was begun and does not say enough yet: it is neither given nor silently left out. */
export const half = (grant: Grant): boolean => !!grant.role && !whole(grant)
