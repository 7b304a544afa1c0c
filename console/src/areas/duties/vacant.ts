import type { Person, Unit } from '@/shared/state/names'

/** Units in which people work and that nobody heads: the office names who acts in the head's place. */
export function vacantUnits(units: readonly Unit[], persons: readonly Person[]): Unit[] {
  const here = persons.filter((one) => one.active)
  const [peopled, headed] = [new Set(here.map((one) => one.unit)), new Set(here.filter((one) => one.head).map((one) => one.unit))]
  return units.filter((one) => one.active && peopled.has(one.unit) && !headed.has(one.unit))
}

/** Who may act: everybody who is there, the unit's own people first. */
export const actingFor = (unit: string, persons: readonly Person[]): Person[] =>
  persons.filter((one) => one.active).sort((one, two) => Number(two.unit === unit) - Number(one.unit === unit) || one.unit.localeCompare(two.unit))
