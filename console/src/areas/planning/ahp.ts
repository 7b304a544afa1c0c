/** Pairwise judgements and what follows from them while one moves: figures to look at; what counts is what the API answers. */
const RANDOM_INDEX: Record<string, readonly number[]> = {
  textbook: [0, 0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45],
  saaty_2005: [0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45],
}
export const ACCEPTED = 0.1

export interface Pair { a: string; b: string }
export const pairs = (criteria: readonly string[]): Pair[] => criteria.flatMap((a, at) => criteria.slice(at + 1).map((b) => ({ a, b })))

/** A place on the scale, −8 … 8, as people write it: 0 is 1, 2 is 3, −2 is 1/3. */
export const ratioText = (place: number): string => (place >= 0 ? String(place + 1) : `1/${1 - place}`)
export function placeOf(ratio: string): number {
  const [over = '1', under] = ratio.split('/')
  return under ? 1 - Number(under) : Number(over) - 1
}
const value = (place: number): number => (place >= 0 ? place + 1 : 1 / (1 - place))

export interface Judged { weights: Record<string, number>; ratio: number; acceptable: boolean; worst: (Pair & { implied: number }) | null }
/** Weights by the principal eigenvector, the consistency ratio, and the comparison that fits the others least. */
export function judge(criteria: readonly string[], places: ReadonlyMap<string, number>, index = 'textbook'): Judged {
  const size = criteria.length
  const of = (row: number, column: number): number => {
    if (row === column) return 1
    const place = row < column ? places.get(`${criteria[row]} ${criteria[column]}`) : places.get(`${criteria[column]} ${criteria[row]}`)
    return row < column ? value(place ?? 0) : 1 / value(place ?? 0)
  }
  let vector = criteria.map(() => 1 / size)
  let lambda = size
  for (let turn = 0; turn < 100; turn += 1) {
    const next = criteria.map((_, row) => vector.reduce((sum, part, column) => sum + of(row, column) * part, 0))
    lambda = next.reduce((sum, one) => sum + one, 0)
    vector = next.map((one) => one / lambda)
  }
  const random = (RANDOM_INDEX[index] ?? RANDOM_INDEX['textbook'])?.[size] ?? 0
  const ratio = random ? Math.max(0, (lambda - size) / (size - 1) / random) : 0
  const fits = pairs(criteria).map((pair) => {
    const row = criteria.indexOf(pair.a), column = criteria.indexOf(pair.b)
    const implied = (vector[row] as number) / (vector[column] as number)
    return { ...pair, implied, off: Math.abs(Math.log(of(row, column) / implied)) }
  })
  const worst = fits.reduce<(typeof fits)[number] | null>((most, one) => (!most || one.off > most.off ? one : most), null)
  return { weights: Object.fromEntries(criteria.map((one, at) => [one, vector[at] as number])), ratio, acceptable: ratio < ACCEPTED, worst: worst && worst.off > 0.01 ? { a: worst.a, b: worst.b, implied: worst.implied } : null }
}
