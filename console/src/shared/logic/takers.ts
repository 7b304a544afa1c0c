import type { Indicator, Person, Unit } from '@/shared/state/names'

export interface Taker { code: string; name: string; unit: string }
const ALL = 'all'
/** Units that are appraised themselves, by the layer in which they are; nobody of the others, the bureau's leaders, is appraised. */
const LAYER: Record<string, string> = { division: 'division', centre: 'division', association: 'division', station: 'station' }

/** Whose item it is: units and people of its layers and, where it is a line's, of that line; stations answer to every line. */
export function takers(indicator: Pick<Indicator, 'layers' | 'line'>, units: readonly Unit[], persons: readonly Person[]): Taker[] {
  const layerOf = (one: Unit): string => LAYER[one.kind] ?? ''
  const appraised = new Set(units.filter(layerOf).map((one) => one.unit))
  const fits = (line: string, layer: string): boolean => indicator.line === ALL || layer === 'station' || line === indicator.line
  return [
    ...units.filter((one) => one.active && indicator.layers.includes(layerOf(one)) && fits(one.line, layerOf(one))).map((one) => ({ code: one.unit, name: one.name, unit: one.unit })),
    ...persons.filter((one) => one.active && appraised.has(one.unit) && indicator.layers.includes('person') && fits(one.line, 'person')).map((one) => ({ code: one.person, name: one.name, unit: one.unit })),
  ]
}
