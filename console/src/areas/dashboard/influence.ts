import type { Schemas } from '@/api/client'

export type Influence = Schemas['IndicatorInfluence']
export const TONE: Record<string, string> = { decides_much: 'red', decides_something: 'blue', decides_nothing: 'outline', too_few: 'outline' }

/** Those whose absence would move most seats first, then those that the differences between the scores go with. */
export function strongest(all: readonly Influence[]): Influence[] {
  return [...all].sort((one, two) => two.seats_without - one.seats_without || Number(two.variance_share ?? 0) - Number(one.variance_share ?? 0) || one.indicator.localeCompare(two.indicator))
}

/** A share as per cent with one place, cut from the text. */
export function percent(share: string | null | undefined): string {
  if (share === null || share === undefined || share === '') return '—'
  return `${(Math.round(Number(share) * 1000) / 10).toFixed(1)}%`
}
