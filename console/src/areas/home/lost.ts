import { times } from '@/shared/logic/numbers'

export interface ItemScore { indicator: string; name: string; full_points: string | null; points: string | null; applicable: boolean; periods: { due: number; declared: number } }
export interface Tree {
  weights: Record<string, string>; components: Record<string, string>
  lines: { weight: string; categories: { category: string; weight: string; full_points: string; items: ItemScore[] }[] }[]
}
export interface Lost { indicator: string; name: string; category: string; missing: number; points: string }

/** Hundredths of a decimal text; both kinds of points have two places. */
const cents = (text: string | null): bigint => BigInt(Math.round(Number(text ?? '0') * 100))

/**
 * The items that cost most of the final score: what an item lacks, weighted up to the end. Contributions and evaluations are left out:
 * nobody can fill them by will, and they would stand first.
 */
export function mostLost(tree: Tree, own: string, count = 3): Lost[] {
  const found: (Lost & { size: bigint })[] = []
  for (const line of tree.lines) {
    for (const category of line.categories.filter((one) => one.category === 'common' || one.category === 'professional')) {
      for (const item of category.items.filter((one) => one.applicable)) {
        const lacking = cents(item.full_points) - cents(item.points)
        if (lacking <= 0n) continue
        const whole = Number(category.full_points) || 100
        const points = times(times(times((Number(lacking) / whole).toFixed(6), category.weight, 8), line.weight, 8), own, 2)
        found.push({ indicator: item.indicator, name: item.name, category: category.category, missing: item.periods.due - item.periods.declared, points, size: cents(points) })
      }
    }
  }
  return found.sort((one, two) => Number(two.size - one.size)).slice(0, count)
}

/** How many have how much: steps of five points, for a histogram. */
export function histogram(scores: readonly (string | null)[], step = 5): { from: number; count: number }[] {
  const numbers = scores.filter((one): one is string => one !== null).map(Number)
  if (!numbers.length) return []
  const low = Math.floor(Math.min(...numbers) / step) * step
  const high = Math.floor(Math.max(...numbers) / step) * step
  const bins = []
  for (let from = low; from <= high; from += step) bins.push({ from, count: numbers.filter((one) => one >= from && one < from + step).length })
  return bins
}
