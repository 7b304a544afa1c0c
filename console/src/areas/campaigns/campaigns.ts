import type { Schemas } from '@/api/client'
import type { Person, Unit } from '@/shared/state/names'

export type Campaign = Schemas['CampaignDocument']
export type Outcome = Schemas['CampaignWithGrades']
/** The five grades as they are told and sent. */
export const GRADES = ['优', '好', '一般', '可以', '差'] as const
export const OVERALL = ''
/** Group names of campaigns that are opened here. */
export const INSIDE = '内部评价人'
export const OUTSIDE = '服务对象'

/** How many colluders each combination of ballots withstands. */
export type Withstood = Record<'open' | 'quiet', Record<string, number>>
export const SIMULATED = 30
/** What is simulated before a campaign is opened: raters who grade one another, or others; null where it is too small or too large for it. */
export function plan(voters: readonly string[], whom: readonly string[]): { raters: number; subjects?: number } | null {
  if (voters.length < 3 || voters.length > SIMULATED || whom.length < 3 || whom.length > SIMULATED) return null
  const peers = voters.length === whom.length && voters.every((one) => whom.includes(one))
  return peers ? { raters: voters.length } : { raters: voters.length, subjects: whom.length }
}

export type Grades = Record<string, string> // dimension -> grade
export type Filled = Record<string, Grades> // subject -> grades

/** Whom one grades in a campaign: nobody grades themselves. */
export const gradable = (campaign: Pick<Campaign, 'subjects'>, me: string | null): string[] => campaign.subjects.filter((one) => one !== me)
export const asked = (campaign: Pick<Campaign, 'dimensions'>): string[] => (campaign.dimensions.length ? campaign.dimensions.map((one) => one.dimension) : [OVERALL])

/** What is filled in whole, as a ballot: a subject with some of its dimensions only is left out and counted. */
export function ballot(campaign: Pick<Campaign, 'dimensions'>, filled: Filled): { votes: Record<string, string | Grades>; half: number } {
  const dimensions = asked(campaign)
  const votes: Record<string, string | Grades> = {}
  let half = 0
  for (const [subject, grades] of Object.entries(filled)) {
    const given = dimensions.filter((one) => grades[one])
    if (given.length === dimensions.length) votes[subject] = campaign.dimensions.length ? { ...grades } : grades[OVERALL] ?? ''
    else if (given.length) half += 1
  }
  return { votes, half }
}

/** Whether whoever opened a campaign may take it back: until the first ballot, after it it can only be closed. */
export function takesBack(campaign: Pick<Campaign, 'status' | 'created_by' | 'groups'>, me: string | undefined): 'yes' | 'begun' | null {
  if (campaign.status !== 'open' || !me || campaign.created_by !== me) return null
  return campaign.groups.some((one) => one.voted > 0) ? 'begun' : 'yes'
}

/** Who usually grades: the bureau's leaders, heads of divisions or stations, or the colleagues of whoever is graded. */
export type Preset = 'leaders' | 'divisionHeads' | 'stationHeads' | 'colleagues'
export function raters(preset: Preset, persons: readonly Person[], units: ReadonlyMap<string, Unit>, subjects: readonly string[]): string[] {
  const active = persons.filter((one) => one.active)
  const kind = (one: Person): string => units.get(one.unit)?.kind ?? ''
  if (preset === 'leaders') return active.filter((one) => kind(one) === 'bureau').map((one) => one.person)
  if (preset === 'divisionHeads') return active.filter((one) => one.head && kind(one) === 'division').map((one) => one.person)
  if (preset === 'stationHeads') return active.filter((one) => one.head && kind(one) === 'station').map((one) => one.person)
  const theirs = new Set(subjects.map((one) => active.find((person) => person.person === one)?.unit ?? one))
  return active.filter((one) => theirs.has(one.unit)).map((one) => one.person)
}
