import { sha256 } from './sha256'

/** A published draw, recomputed from its own list and value alone (docs/decisions/0230). */
export interface Published {
  bureau: string; spot_check: string; title: string; commitment: string; value_name: string; value: string; list: string; announced_at: string; drawn_at: string
  sample: { kind: string; item: string; probability: string; inspectors: string[] }[]
}
export interface Entry { kind: string; item: string; stratum: string; measure: bigint; excluded: string[] }
interface Frozen { version: number; check: string; method: string; strata: Record<string, number>; pool: string[]; entries: Entry[] }
interface Chosen { entry: Entry; chance: string; digest: string; remaining: number; index: number }
export interface Step extends Chosen { place: number; inspector: string; fits: boolean }
export interface Recomputed { hash: string; hashFits: boolean; entries: number; pool: number; steps: Step[]; fits: boolean }

const encoder = new TextEncoder()
const keyOf = (value: string, ...parts: string[]): Uint8Array => encoder.encode(`${[value, ...parts].join('/')}/`)

/** The digest of be16(step) ‖ key ‖ be16(step). */
export function digest(key: Uint8Array, step: number): string {
  const bytes = new Uint8Array(key.length + 4)
  bytes.set([step >> 8, step & 255])
  bytes.set(key, 2)
  bytes.set([step >> 8, step & 255], key.length + 2)
  return sha256(bytes)
}
const modulo = (hex: string, by: number): number => Number(BigInt(`0x${hex}`) % BigInt(by))

export function read(text: string): Frozen {
  const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown[])
  const [word, version, , check, , method, strata] = lines[0] ?? []
  if (word !== 'draw' || (version !== 1 && version !== 2)) throw new Error('not a list of a version that is known')
  const items = lines.filter((line) => line[0] === 'item') as [string, string, string, number, string, number, string[]][]
  return {
    version, check: String(check), method: String(method), strata: strata as Record<string, number>,
    pool: lines.filter((line) => line[0] === 'inspector').map((line) => String(line[1])),
    entries: items.map(([, kind, item, , stratum, measure, excluded]) => ({ kind, item, stratum, measure: BigInt(measure), excluded })),
  }
}

function taken<T>(all: readonly T[], key: Uint8Array, count: number): { one: T; digest: string; remaining: number; index: number }[] {
  const left = [...all]
  return Array.from({ length: count }, (_, step) => {
    const hex = digest(key, step)
    const remaining = left.length
    const index = modulo(hex, remaining)
    return { one: left.splice(index, 1)[0] as T, digest: hex, remaining, index }
  })
}

const divisor = (a: bigint, b: bigint): bigint => (b ? divisor(b, a % b) : a)
function fraction(part: bigint, whole: bigint): string {
  const by = divisor(part, whole) || 1n
  return whole / by === 1n ? String(part / by) : `${part / by}/${whole / by}`
}

function byStrata(frozen: Frozen, value: string): Chosen[] {
  return Object.entries(frozen.strata).sort(([one], [two]) => (one < two ? -1 : 1)).flatMap(([stratum, count]) => {
    const lot = frozen.entries.filter((entry) => entry.stratum === stratum)
    return taken(lot, keyOf(value, frozen.check, 'stratum', stratum), count)
      .map(({ one, ...how }) => ({ entry: one, chance: fraction(BigInt(count), BigInt(lot.length)), ...how }))
  })
}

/** From version 2 on the list is ordered by digests of the value first, so that the steps meet no pattern that lies in it. */
function shuffled(frozen: Frozen, value: string): Entry[] {
  const place = (entry: Entry): string => sha256(keyOf(value, frozen.check, 'order', entry.kind, entry.item))
  return frozen.entries.map((entry) => ({ entry, at: place(entry) })).sort((one, two) => (one.at < two.at ? -1 : 1)).map(({ entry }) => entry)
}

/** Equal steps along the list of chances; whatever would be drawn more than once is certain, the others share what is left. */
function byPoints(list: Frozen, value: string): Chosen[] {
  const frozen = list.version > 1 ? { ...list, entries: shuffled(list, value) } : list
  const count = Object.values(frozen.strata).reduce((sum, one) => sum + one, 0)
  const certain = new Set<number>()
  let rest = 0n, left = 0n
  for (;;) {
    rest = frozen.entries.reduce((sum, one, at) => (certain.has(at) ? sum : sum + one.measure), 0n)
    left = BigInt(count - certain.size)
    const more = frozen.entries.flatMap((one, at) => (!certain.has(at) && left * one.measure >= rest && rest > 0n ? [at] : []))
    if (!more.length || left <= 0n) break
    for (const at of more) certain.add(at)
  }
  const whole = rest || 1n
  const chances = frozen.entries.map((one, at) => (certain.has(at) ? whole : left * one.measure)) // over `whole`
  const hex = digest(keyOf(value, frozen.check, 'points'), 0)
  const start = BigInt(`0x${hex}`)
  // How many of start, start + 1 … lie below end ÷ whole: ⌈end ÷ whole − start ÷ 2²⁵⁶⌉, never below 0.
  const before = (end: bigint): bigint => {
    const above = (end << 256n) - start * whole
    return above <= 0n ? 0n : (above + (whole << 256n) - 1n) / (whole << 256n)
  }
  let end = 0n
  const chosen: Chosen[] = []
  frozen.entries.forEach((entry, index) => {
    const chance = chances[index] as bigint
    const from = before(end)
    end += chance
    if (before(end) > from) chosen.push({ entry, chance: fraction(chance, whole), digest: hex, remaining: frozen.entries.length, index })
  })
  return chosen.slice(0, count)
}

function dealt(frozen: Frozen, chosen: readonly Chosen[], value: string): string[] {
  const order = taken(frozen.pool, keyOf(value, frozen.check, 'inspectors'), frozen.pool.length).map(({ one }) => one)
  const load = new Map(order.map((one) => [one, 0]))
  return chosen.map(({ entry }) => {
    const fit = order.filter((one) => !entry.excluded.includes(one))
    const least = fit.reduce((best, one) => ((load.get(one) ?? 0) < (load.get(best) ?? 0) ? one : best), fit[0] ?? '')
    load.set(least, (load.get(least) ?? 0) + 1)
    return least
  })
}

/** Whom the same value names after some stood back; null where nobody is left, and the panel names one. */
function next(frozen: Frozen, entry: Entry, before: readonly string[], value: string): string | null {
  const left = frozen.pool.filter((one) => !entry.excluded.includes(one) && !before.includes(one)).sort()
  return left.length ? left[modulo(digest(keyOf(value, frozen.check, 'inspector', entry.kind, entry.item), before.length), left.length)] ?? null : null
}

function inspectorsFit(frozen: Frozen, entry: Entry, first: string, published: readonly string[], value: string): boolean {
  let wanted: string | null = first
  for (const [at, person] of published.entries()) {
    if (wanted === null) return true
    if (person !== wanted) return false
    wanted = next(frozen, entry, published.slice(0, at + 1), value)
  }
  return true
}

export function recompute(document: Published): Recomputed {
  const frozen = read(document.list)
  const hash = sha256(encoder.encode(document.list))
  const chosen = frozen.method === 'points' ? byPoints(frozen, document.value) : byStrata(frozen, document.value)
  const inspectors = dealt(frozen, chosen, document.value)
  const steps = chosen.map((one, at) => {
    const there = document.sample[at]
    const inspector = inspectors[at] ?? ''
    const same = !!there && there.kind === one.entry.kind && there.item === one.entry.item && there.probability === one.chance
    return { ...one, place: at + 1, inspector, fits: same && inspectorsFit(frozen, one.entry, inspector, there.inspectors, document.value) }
  })
  const hashFits = hash === document.commitment
  return { hash, hashFits, entries: frozen.entries.length, pool: frozen.pool.length, steps, fits: hashFits && steps.length === document.sample.length && steps.every((one) => one.fits) }
}
