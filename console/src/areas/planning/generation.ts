import type { Schemas } from '@/api/client'
import { compared, isQuantity, quantity, typed, wholeNumber } from '@/shared/logic/numbers'

export type Settings = Schemas['SettingsDocument']
export type Result = Schemas['ResultDocument']
export type Eligible = Schemas['EligibilityRuleDocument']
/** The coefficients, each with the least and the most that the API takes; the number of years stands apart. */
export const COEFFICIENTS = ['smoothing', 'ratchet', 'trend', 'lowest', 'highest'] as const
export const BOUNDS: Record<(typeof COEFFICIENTS)[number], readonly [string, string]> = { smoothing: ['0', '1'], ratchet: ['0', '1'], trend: ['0', '1'], lowest: ['0', '1'], highest: ['1', '10'] }
export const FEWEST_YEARS = 2
export const MOST_YEARS = 10

export interface Share { code: string; share: string }
export interface Form { coefficients: Record<string, string>; years: string; positions: Share[]; persons: Share[]; eligibility: Eligible[] }

const sharesOf = (shares: Readonly<Record<string, string>>): Share[] => Object.entries(shares).map(([code, share]) => ({ code, share: quantity(share) }))
export const formOf = (settings: Settings): Form => ({
  coefficients: Object.fromEntries(COEFFICIENTS.map((name) => [name, quantity(settings[name])])), years: String(settings.years),
  positions: sharesOf(settings.positions), persons: sharesOf(settings.persons),
  eligibility: settings.eligibility.map((one) => ({ ...one, unit_kinds: [...one.unit_kinds], positions: [...one.positions], not_positions: [...one.not_positions] })),
})

export const within = (text: string, [least, most]: readonly [string, string]): boolean => isQuantity(typed(text)) && compared(typed(text), least) >= 0 && compared(typed(text), most) <= 0
/** What somebody or a position takes of a full load: from nothing, 0, to all of it, 1. */
export const isShare = (text: string): boolean => within(text, ['0', '1'])

/** Whether the API could take it: each coefficient within its bounds, each share of somebody, each rule about some items and for or against somebody. */
export const settingsReady = (form: Form): boolean =>
  COEFFICIENTS.every((name) => within(form.coefficients[name] ?? '', BOUNDS[name])) && wholeNumber(form.years, FEWEST_YEARS, MOST_YEARS) !== null &&
  [...form.positions, ...form.persons].every((one) => one.code && isShare(one.share)) &&
  form.eligibility.every((one) => one.prefix && one.unit_kinds.length + one.positions.length + one.not_positions.length > 0)

/** The whole document, as the API takes it: what is left out of it counts in full again. */
export const settingsSent = (form: Form): object => ({
  ...Object.fromEntries(COEFFICIENTS.map((name) => [name, typed(form.coefficients[name] ?? '')])), years: wholeNumber(form.years, FEWEST_YEARS, MOST_YEARS),
  positions: Object.fromEntries(form.positions.map((one) => [one.code, typed(one.share)])), persons: Object.fromEntries(form.persons.map((one) => [one.code, typed(one.share)])),
  eligibility: form.eligibility,
})

/** The groups of items that a rule may be about: level 1, level 2 and single items, by the beginning of their codes. */
export function prefixesOf(items: readonly { indicator: string; level1: string; level2: string; name: string }[]): { code: string; name: string }[] {
  const found = new Map<string, string>()
  for (const one of items) {
    const [first = '', second = ''] = one.indicator.split('-')
    found.set(first, one.level1).set(`${first}-${second}`, `${one.level1} › ${one.level2}`).set(one.indicator, one.name)
  }
  return [...found].map(([code, name]) => ({ code, name })).sort((one, two) => one.code.localeCompare(two.code))
}

/** What is typed of a year's results and differs from what stands: only that is sent. Null: something typed is no quantity. */
export function resultsSent(indicator: string, year: string, texts: Readonly<Record<string, string>>, known: Readonly<Record<string, string>>): object[] | null {
  const filled = Object.entries(texts).map(([subject, text]) => [subject, typed(text)] as const).filter(([, text]) => text)
  if (filled.some(([, text]) => !isQuantity(text))) return null
  return filled.filter(([subject, text]) => known[subject] === undefined || compared(text, known[subject]) !== 0).map(([subject, text]) => ({ indicator, subject, year, quantity: text }))
}
