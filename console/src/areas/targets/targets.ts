import type { Schemas } from '@/api/client'
import { compared, total, typed, wholeNumber } from '@/shared/logic/numbers'

export type Balance = Schemas['BalanceDocument']
export type Allocation = Schemas['AllocationDocument']
export type Claim = Schemas['ListedClaim']
export type Proposal = Schemas['ProposalDocument']
export type Handover = Schemas['ListedHandover']
const more = (text: string): boolean => compared(text, '0') > 0

/** What is wrong with an indicator's sharing out: not given out whole, not claimed whole, claimed beyond it, held by who has gone. */
export type Fault = 'unallocated' | 'unclaimed' | 'over_claimed' | 'stranded'
export const FAULTS: readonly Fault[] = ['unallocated', 'unclaimed', 'over_claimed', 'stranded']
export const faults = (one: Balance): Fault[] => FAULTS.filter((fault) => more(one[fault]))

export interface Row {
  indicator: string; name: string; measure: string; proposed: string | null; bound: string | null; claim: Claim | null
  share: string // the unit's
  others: string // claimed by the others of the unit
}

/** One's claims and what is proposed, with the unit's share and what the others of it claim. */
export function rows(subject: string, unit: string, claims: readonly Claim[], proposals: readonly Proposal[], balance: readonly Balance[]): Row[] {
  const own = new Map(claims.filter((one) => one.subject === subject && one.status === 'claimed').map((one) => [one.indicator, one]))
  const asked = new Map(proposals.filter((one) => one.subject === subject).map((one) => [one.indicator, one]))
  const shares = new Map(balance.map((one) => [one.indicator, one]))
  return [...new Set([...own.keys(), ...asked.keys()])].sort().map((indicator) => {
    const claim = own.get(indicator) ?? null
    const share = shares.get(indicator)
    const mine = subject === unit ? '0' : claim?.target ?? '0'
    return {
      indicator, claim, name: claim?.indicator_name ?? asked.get(indicator)?.indicator_name ?? indicator, measure: claim?.measure_unit ?? asked.get(indicator)?.measure_unit ?? '',
      proposed: asked.get(indicator)?.quantity ?? null, bound: asked.get(indicator)?.bound ?? null, share: share?.allocated ?? '0',
      others: total([share?.claimed_by_persons ?? '0', `-${mine}`.replace('--', '')]),
    }
  })
}

/** How Σ stands against the share: short, exact or beyond. */
export type Standing = 'short' | 'even' | 'beyond'
export const standing = (sum: string, share: string): Standing => (['short', 'even', 'beyond'] as const)[compared(sum, share) + 1] ?? 'even'

/** What a unit's head does with the unit's share. */
export type ShareDeed = 'draw' | 'return' | 'permit_excess'
export const SHARE_DEEDS: readonly ShareDeed[] = ['draw', 'return', 'permit_excess']

/** Where it is sent, and as what. */
export function shareRequest(deed: ShareDeed, cycle: string, indicator: string, unit: string, quantity: string, reason: string): { path: string; body: object } {
  if (deed === 'permit_excess') return { path: 'claims/excess', body: { cycle, indicator, unit, quantity, reason } }
  const body = { shares: [{ indicator, unit, quantity }], ...(reason ? { reason } : {}) }
  return { path: deed === 'draw' ? `cycles/${cycle}/allocations/draw` : `cycles/${cycle}/allocations/return`, body }
}

/** Days within which a head confirms, as typed: null where none are named, undefined where they are not what the API takes. */
export const confirmDays = (text: string): number | null | undefined => (typed(text) ? wholeNumber(text, 1, 90) ?? undefined : null)

/** Whether an item can be one of a unit: everybody's, the line's own, and every line's of a station. */
export const answersTo = (unit: { kind: string; line: string } | undefined, line: string): boolean => !!unit && (line === 'all' || unit.kind === 'station' || unit.line === line)
