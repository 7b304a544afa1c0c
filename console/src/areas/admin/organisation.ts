import type { Schemas } from '@/api/client'

export type Person = Schemas['PersonDocument']
export type Place = Schemas['AssignmentDocument']
export type Position = Schemas['PositionItem']
export type Unit = Schemas['UnitItem']
export type Deed = 'move' | 'second' | 'recall' | 'leave' | 'rename'
export interface PersonForm { name: string; unit: string; position: string; day: string; last: string; outside: boolean }

/** Posts of a unit: its own, and those that every unit of its kind has. */
export const postsOf = (positions: readonly Position[], unit: Pick<Unit, 'unit' | 'kind'> | undefined): Position[] =>
  unit ? positions.filter((one) => (one.unit ? one.unit === unit.unit : one.unit_kind === unit.kind)) : []

/** The place that is held on a day; a secondment is held rather than the post it goes out from. */
export const placeOn = (places: readonly Place[], day: string): Place | undefined =>
  places.filter((one) => one.starts <= day && (!one.ends || one.ends >= day)).sort((one, two) => Number(two.kind !== 'post') - Number(one.kind !== 'post'))[0]

/** What can be done to somebody: who is lent can be called back, who has left is left alone but for the name. */
export function deedsOf(person: Pick<Person, 'active' | 'assignments'>, day: string): Deed[] {
  if (!person.active) return ['rename']
  const lent = placeOn(person.assignments, day)?.kind ?? 'post'
  return lent === 'post' ? ['move', 'second', 'leave', 'rename'] : ['recall', 'leave', 'rename']
}

export function ready(deed: Deed, form: PersonForm): boolean {
  if (deed === 'rename') return !!form.name.trim()
  if (deed === 'recall' || deed === 'leave') return !!form.last
  const placed = !!form.unit && !!form.position
  return !!form.day && (deed === 'move' ? placed : form.outside !== placed && (!form.last || form.last >= form.day))
}

/** The call that carries a deed out: how, where, and with what. */
export function call(deed: Deed, person: string, form: PersonForm): { method: 'POST' | 'PATCH'; path: string; body: Record<string, unknown> } {
  const at = `persons/${person}`
  const post = { unit: form.unit, position: form.position }
  if (deed === 'rename') return { method: 'PATCH', path: at, body: { name: form.name.trim() } }
  if (deed === 'move') return { method: 'POST', path: `${at}/assignments`, body: { ...post, starts: form.day } }
  if (deed === 'second') return { method: 'POST', path: `${at}/secondments`, body: { ...(form.outside ? { outside: true } : post), starts: form.day, ends: form.last || null } }
  return { method: 'POST', path: `${at}/${deed === 'recall' ? 'recall' : 'departure'}`, body: { last_day: form.last } }
}

/** A person's history as it is typed: every place from its first day to its last, the last one perhaps without an end. */
export interface PlaceRow { kind: Place['kind']; unit: string; position: string; starts: string; ends: string }
export const rowsOf = (places: readonly Place[]): PlaceRow[] => places.map((one) => ({ kind: one.kind, unit: one.kind === 'outside' ? '' : one.unit, position: one.kind === 'outside' ? '' : one.position, starts: one.starts, ends: one.ends ?? '' }))
export const wholeRow = (one: PlaceRow): boolean => !!one.starts && (one.kind === 'outside' || (!!one.unit && !!one.position))
/** The history as it is sent, in the order of its days. */
export const historyOf = (rows: readonly PlaceRow[]): Schemas['CorrectPlace'][] => [...rows].sort((one, two) => one.starts.localeCompare(two.starts))
  .map((one) => ({ kind: one.kind, ...(one.kind === 'outside' ? { unit: null, position: null } : { unit: one.unit, position: one.position }), starts: one.starts, ends: one.ends || null }))
