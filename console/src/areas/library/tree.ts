import type { Indicator } from '@/shared/state/names'

export type Row = { kind: 'level1' | 'level2'; key: string; name: string; count: number } | { kind: 'indicator'; key: string; name: string; indicator: Indicator }
export interface Wanted { text: string; category: string; line: string; layer: string }

export function fits(one: Indicator, wanted: Wanted): boolean {
  const text = wanted.text.toLowerCase()
  return (!text || `${one.indicator} ${one.name} ${one.standard} ${one.basis}`.toLowerCase().includes(text)) && (!wanted.category || one.category === wanted.category)
    && (!wanted.line || one.line === wanted.line) && (!wanted.layer || one.layers.includes(wanted.layer))
}

/** The library as the rows of one list: level 1, level 2, indicators; a search opens everything that it finds. */
export function rows(all: readonly Indicator[], open: ReadonlySet<string>, wanted: Wanted): Row[] {
  const searching = !!(wanted.text || wanted.category || wanted.line || wanted.layer)
  const found = all.filter((one) => fits(one, wanted)).sort((one, two) => one.indicator.localeCompare(two.indicator))
  const shown: Row[] = []
  const seen = new Set<string>()
  for (const one of found) {
    const [first, second] = [one.level1, `${one.level1} ${one.level2}`]
    if (!seen.has(first)) shown.push({ kind: 'level1', key: first, name: one.level1, count: found.filter((other) => other.level1 === one.level1).length })
    seen.add(first)
    if (!searching && !open.has(first)) continue
    if (!seen.has(second)) shown.push({ kind: 'level2', key: second, name: one.level2, count: found.filter((other) => other.level1 === one.level1 && other.level2 === one.level2).length })
    seen.add(second)
    if (searching || open.has(second)) shown.push({ kind: 'indicator', key: one.indicator, name: one.name, indicator: one })
  }
  return shown
}
