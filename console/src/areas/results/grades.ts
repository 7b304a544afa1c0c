import type { Schemas } from '@/api/client'

export type Grading = Schemas['GradingDocument']
export type Graded = Schemas['PersonalGradeDocument']
export type Scored = Schemas['ScoreDocument']
/** What the panel gives instead of what was proposed. */
export type Otherwise = Record<string, { grade: string; reason: string }>

export const GRADES = ['优秀', '称职', '基本称职', '不称职', '不确定等次'] as const
export const EXCELLENT = GRADES[0]
/** Each grade has a word of its own; its tone only goes with it. */
export const TONES: Record<string, string> = { 优秀: 'green', 称职: 'blue', 基本称职: 'amber', 不称职: 'red', 不确定等次: 'outline' }
export const gradeKey = (grade: string): string => `words.grade.${GRADES.indexOf(grade as (typeof GRADES)[number])}`

/** The circumstances that a person has, each with the document it rests on. */
export const befell = (one: Graded): [string, string][] => Object.entries(one.circumstances as Record<string, string | null | undefined>).filter((pair): pair is [string, string] => !!pair[1])

/** By rank, the unranked last, then by name. */
export function byRank(all: readonly Graded[]): Graded[] {
  return [...all].sort((one, two) => (one.rank ?? 1e9) - (two.rank ?? 1e9) || (one.name ?? one.person).localeCompare(two.name ?? two.person, 'zh'))
}

/** Who stands around the last place of 优秀: the tie chain decides among equals there. `around` of each side. */
export function atEdge(ranked: readonly Scored[], places: number, around = 3): Scored[] {
  const placed = ranked.filter((one) => one.rank !== null)
  return places < 1 || placed.length <= places ? [] : placed.slice(Math.max(0, places - around), places + around)
}

/** How many 优秀 there would be after what the panel has chosen so far. */
export function excellent(all: readonly Graded[], otherwise: Otherwise): number {
  return all.filter((one) => (otherwise[one.person]?.grade ?? one.grade) === EXCELLENT).length
}
