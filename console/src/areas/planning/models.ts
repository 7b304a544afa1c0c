import type { Schemas } from '@/api/client'
import { compared, total } from '@/shared/logic/numbers'

export type Model = Schemas['ListedModel']
export type Weights = Record<string, Record<string, Record<string, string>>>

/** A weight as it may be typed: 0 to 1, up to four decimals. */
export const isWeight = (text: string): boolean => /^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(text.trim())
/** Whether the weights of one line add up to exactly 1. */
export const isWhole = (weights: Readonly<Record<string, string>>): boolean => Object.values(weights).every(isWeight) && compared(total(Object.values(weights)), '1') === 0

export const copy = (weights: Readonly<Weights>): Weights => JSON.parse(JSON.stringify(weights)) as Weights
const number = (text: string): string => (isWeight(text) ? total([text.trim()]) : text)

/** The layers in which a weight is another than before. */
export function changedLayers(before: Readonly<Weights>, after: Readonly<Weights>): string[] {
  return Object.keys(after).filter((layer) => Object.entries(after[layer] ?? {}).some(([line, weights]) => Object.entries(weights).some(([name, weight]) => {
    const old = before[layer]?.[line]?.[name] ?? ''
    return isWeight(weight) && isWeight(old) ? compared(weight.trim(), old) !== 0 : number(weight) !== number(old)
  })))
}

/** Which parts of a model a revision changed, of those that can be taken back by themselves. */
export const partsOf = (changes: readonly { path: string }[]): string[] => [...new Set(changes.map((one) => one.path.split('.')[0] ?? ''))]
