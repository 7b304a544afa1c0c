import type { Schemas } from '@/api/client'

type Scored = Pick<Schemas['ScoreDocument'], 'line'> & { categories: Readonly<Record<string, string | null | undefined>> }
export const FEWEST_ROWS = 2
/** What advice by dispersion is reckoned from: those of the part's line who have a score; a category in which somebody has none yet counts 0 of them. */
export const rowsOf = (part: string, criteria: readonly string[], scores: readonly Scored[]): Record<string, string>[] => {
  const line = part.split('/')[1] ?? ''
  return scores.filter((one) => line === 'all' || one.line === line).flatMap((one) => {
    const scored = criteria.some((code) => typeof one.categories[code] === 'string')
    return scored ? [Object.fromEntries(criteria.map((code) => [code, one.categories[code] ?? '0']))] : []
  })
}

type Asked = Pick<Schemas['QuestionnaireSummary'], 'questionnaire' | 'part' | 'status' | 'at'>
/** Of each part the closed questionnaire that was asked last: what a proposal begins with. */
export const lastClosed = (all: readonly Asked[]): string[] => {
  const found = new Map<string, Asked>()
  for (const one of all) if (one.status === 'closed' && (found.get(one.part)?.at ?? '') < one.at) found.set(one.part, one)
  return [...found.values()].map((one) => one.questionnaire)
}
