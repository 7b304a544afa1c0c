import { cents, histogram } from '@/shared/logic/scores'

/** How much of its full points an item has, in whole per cent; null where nothing was due. */
export function rate(points: string | null | undefined, full: string | null | undefined): number | null {
  if (points === null || points === undefined || !full) return null
  const whole = cents(full)
  return whole > 0n ? Number((cents(points) * 100n) / whole) : null
}

/** One of five steps of a heat map, so that its colours can be told apart; -1: nothing to tell. */
export const heat = (percent: number | null): number => (percent === null ? -1 : Math.max(0, Math.min(4, Math.floor(percent / 20))))

export interface Bar { x: number; y: number; width: number; height: number; count: number; from: number; to: number }

/** A histogram as bars of a drawing of `width` × `height`. */
export function bars(scores: readonly (string | null)[], width: number, height: number, step = 5): Bar[] {
  const bins = histogram(scores, step)
  const most = Math.max(1, ...bins.map((one) => one.count))
  const each = Math.min(80, width / Math.max(1, bins.length)) // a few bars are no walls
  return bins.map((one, at) => ({ x: at * each + each * 0.1, width: each * 0.8, height: (one.count / most) * height, y: height - (one.count / most) * height, count: one.count, from: one.from, to: one.from + step }))
}

/** Points of a line over `values` from 0 to 100; gaps stay gaps. */
export function line(values: readonly (number | null)[], width: number, height: number): { x: number; y: number; value: number; at: number }[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values.flatMap((value, at) => (value === null ? [] : [{ at, value, x: at * step, y: height - (value / 100) * height }]))
}

/** Weights that still sum to 1 when one of them is set: the others share what is left as they did before. In ten-thousandths. */
export function shifted(weights: Readonly<Record<string, number>>, name: string, to: number): Record<string, number> {
  const others = Object.keys(weights).filter((one) => one !== name)
  const before = others.reduce((sum, one) => sum + (weights[one] ?? 0), 0)
  const left = 10_000 - to
  const shares = others.map((one) => (before ? Math.round(((weights[one] ?? 0) * left) / before) : Math.round(left / others.length)))
  const last = shares.length - 1
  if (last >= 0) shares[last] = left - shares.slice(0, last).reduce((sum, one) => sum + one, 0)
  return { ...Object.fromEntries(others.map((one, at) => [one, shares[at] ?? 0])), [name]: to }
}
export const weightText = (parts: number): string => `${Math.floor(parts / 10_000)}.${String(parts % 10_000).padStart(4, '0')}`.replace(/0{1,2}$/, '')
