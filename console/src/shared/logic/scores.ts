import { times } from './numbers'

/** The explanation of a score, as far as pages rely on it. */
export interface Fact {
  kind: string; fact: string; indicator: string; period: string; status: string; not_applicable: boolean; counts: Record<string, string | null>; people: Record<string, string | null>
  sentence?: string; did?: string; evidence?: string[]; remark?: string; reason?: string; machine?: Record<string, string> | null; differs?: boolean; changed_since?: boolean; shown_at?: string[]
}
export interface ItemScore {
  indicator: string; name: string; full_points: string | null; points: string | null; applicable: boolean; periods: { due: number; declared: number }
  tool?: string; rule?: string; rule_text?: string; formula?: string; target?: string | null; facts?: Fact[]; standard?: string | null; basis?: string | null
}
export interface CategoryScore { category: string; weight: string; score?: string | null; points?: string | null; full_points: string; formula?: string; items: ItemScore[] }
export interface LineScore { line?: string; weight: string; score?: string | null; formula?: string; categories: CategoryScore[] }
export interface Tree {
  subject?: string; name?: string; unit_name?: string | null; layer?: string; cycle?: string; final?: string | null; layer_score?: string | null; rank?: number | null; formula?: string; layer_formula?: string; notes?: string[]
  nominated?: boolean | null; struck?: boolean | null; commended?: boolean | null; vetoes?: { reason: string }[]; weights: Record<string, string>; components: Record<string, string | null>; lines: LineScore[]; sentence?: string
}
export interface Lost { indicator: string; name: string; category: string; missing: number; points: string }

/** Hundredths of a decimal text; points have two places. */
export const cents = (text: string | null | undefined): bigint => BigInt(Math.round(Number(text ?? '0') * 100))

/** The share of the final score that one's own layer makes: a person's, else the unit's own. */
export const ownWeight = (tree: Tree): string => tree.weights['personal'] ?? tree.weights['layer_score'] ?? '1'

/** What an item lacks, in points of the final score: through its category, its line and the layer. */
export function lossOf(item: ItemScore, category: CategoryScore, line: LineScore, own: string): string {
  const lacking = cents(item.full_points) - cents(item.points)
  if (!item.applicable || lacking <= 0n) return '0.00'
  const whole = Number(category.full_points) || 100
  return times(times(times((Number(lacking) / whole).toFixed(8), category.weight, 10), line.weight, 10), own, 2)
}

/** What a category lacks of its hundred, in points of the final score. */
export function categoryLoss(category: CategoryScore, line: LineScore, own: string): string {
  if (category.score === null || category.score === undefined) return '0.00'
  const lacking = (10_000_00n - BigInt(Math.round(Number(category.score) * 10_000))) < 0n ? 0n : 10_000_00n - BigInt(Math.round(Number(category.score) * 10_000))
  return times(times(times((Number(lacking) / 10_000).toFixed(4), category.weight, 10), line.weight, 10), own, 2)
}

/**
 * The items that cost most of the final score. Contributions and evaluations are left out: nobody can fill them by will, and they
 * would stand first.
 */
export function mostLost(tree: Tree, own: string, count = 3): Lost[] {
  const found: Lost[] = []
  for (const line of tree.lines) {
    for (const category of line.categories.filter((one) => one.category === 'common' || one.category === 'professional')) {
      for (const item of category.items) {
        const points = lossOf(item, category, line, own)
        if (points !== '0.00') found.push({ indicator: item.indicator, name: item.name, category: category.category, missing: item.periods.due - item.periods.declared, points })
      }
    }
  }
  return found.sort((one, two) => Number(cents(two.points) - cents(one.points))).slice(0, count)
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
