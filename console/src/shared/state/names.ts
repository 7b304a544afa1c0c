import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { type Page, type Schemas, everything, getJson } from '@/api/client'
import { told } from '@/shared/logic/told'
import { useCycle } from './cycle'

export interface Unit { unit: string; name: string; kind: string; line: string; parent: string | null; active: boolean; revision: number; notes?: string }
export interface Person { person: string; name: string; unit: string; line: string; position: string; head: boolean; active: boolean; revision: number }
export interface Indicator {
  indicator: string; level1: string; level2: string; name: string; category: string; tool: string; line: string; layers: string[]; measure_unit: string
  full_points: string; rule: string; rule_params: Record<string, unknown>; frequency: string; assessor: string; evidence: string; standard: string; basis: string; source: string
  target: string | null; history: Record<string, string | null>; active: boolean; nature: string
}

/** Who acts and stands in no list of people or units. */
const OTHERS: Record<string, { zh: string; en: string }> = { panel: { zh: '绩效考核小组', en: 'the panel' }, system: { zh: '系统', en: 'the system' } }
const nobody = (code: string): string => told(OTHERS[code]) || code

/** Names of people, units and indicators: a code alone is never shown. Each kind is read once, when first asked for. */
export const useNames = defineStore('names', () => {
  const units = reactive(new Map<string, Unit>())
  const persons = reactive(new Map<string, Person>())
  const indicators = reactive(new Map<string, Indicator>())
  const lines = reactive(new Map<string, string>()) // as the bureau orders them
  const rules = reactive(new Map<string, Schemas['RuleDocument']>())
  const asked = new Map<string, Promise<void>>()

  function once(what: string, read: () => Promise<void>): Promise<void> {
    let reading = asked.get(what)
    if (!reading) {
      reading = read().catch((error: unknown) => {
        asked.delete(what)
        throw error
      })
      asked.set(what, reading)
    }
    return reading
  }

  const loadUnits = (): Promise<void> => once('units', async () => {
    for (const one of await everything((after) => getJson<Page<Unit>>('units', { limit: 500, after }))) units.set(one.unit, one)
  })
  const loadPersons = (): Promise<void> => once('persons', async () => {
    for (const one of await everything((after) => getJson<Page<Person>>('persons', { limit: 500, after }))) persons.set(one.person, one)
  })
  const loadIndicators = (): Promise<void> => {
    const cycle = useCycle().code
    return once(`indicators ${cycle}`, async () => {
      const all = cycle ? await everything((after) => getJson<Page<Indicator>>('indicators', { cycle, limit: 500, after })) : []
      indicators.clear()
      for (const one of all) indicators.set(one.indicator, one)
    })
  }
  const loadLines = (): Promise<void> => once('lines', async () => {
    for (const one of (await getJson<Page<Schemas['LineDocument']>>('lines')).items) lines.set(one.line, one.name)
  })
  const loadRules = (): Promise<void> => once('rules', async () => {
    for (const one of (await getJson<Page<Schemas['RuleDocument']>>('rules')).items) rules.set(one.rule, one)
  })
  const load = async (): Promise<void> => {
    await Promise.all([loadUnits(), loadPersons(), loadIndicators()])
  }

  const subject = (code: string | null | undefined): string => (code ? persons.get(code)?.name ?? units.get(code)?.name ?? nobody(code) : '—')
  const person = (code: string | null | undefined): string => (code ? persons.get(code)?.name ?? nobody(code) : '—')
  const unit = (code: string | null | undefined): string => (!code ? '—' : units.get(code)?.name ?? nobody(code))
  const indicator = (code: string | null | undefined): string => (code ? indicators.get(code)?.name ?? code : '—')
  /** What an item counts: the kinds of its own table, else what its rule asks for. */
  const quantitiesOf = (code: string): string[] => {
    const one = indicators.get(code)
    const per = one?.rule_params['per']
    if (typeof per === 'object' && per !== null) return Object.keys(per)
    const all = (rules.get(one?.rule ?? '')?.quantities ?? []).map((found) => found.key)
    return per === undefined ? all : all.slice(0, 1)
  }
  /** The units of these kinds that are still there. */
  const unitsOf = (...kinds: string[]): Unit[] => [...units.values()].filter((one) => one.active && kinds.includes(one.kind))
  const unitOf = (code: string): string => persons.get(code)?.unit ?? code
  const forget = (what: string): void => { asked.delete(what) }

  return { units, persons, indicators, lines, loadUnits, loadPersons, loadIndicators, loadLines, loadRules, load, subject, person, unit, indicator, quantitiesOf, unitsOf, unitOf, forget }
})
