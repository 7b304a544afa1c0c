import { isQuantity, typed } from '@/shared/logic/numbers'
import type { Contribution } from './contributions'

export interface Partner { subject: string; share: string }
export interface Written { subject: string; indicator: string; period: string; level: string; title: string; effect: string; proof: string; share: string; partners: Partner[] }

/** What the form begins with: nothing, or what was returned or withdrawn, to be put forward again. */
export function begun(item: Contribution | null, subject: string): Written {
  if (!item) return { subject, indicator: '', period: '', level: '', title: '', effect: '', proof: '', share: '1', partners: [] }
  const { indicator, period, title, effect, proof, shares } = item
  return {
    subject: item.subject, indicator, period, level: Object.keys(item.claimed)[0] ?? '', title, effect, proof, share: shares.find((one) => one.subject === item.subject)?.share ?? '1',
    partners: shares.filter((one) => one.subject !== item.subject).map((one) => ({ subject: one.subject, share: one.share })),
  }
}

/** What was returned or withdrawn is put forward again by whose it is; a partner's part goes with the whole. */
export const goesAgain = (item: Contribution, own: readonly (string | null)[]): boolean => ['returned', 'withdrawn'].includes(item.status) && !item.part_of && own.includes(item.subject)

const above0 = (share: string): boolean => isQuantity(typed(share)) && Number(typed(share)) > 0
/** Whether the API could take the partners: each named once, everybody's share above 0. */
export function sharesReady({ subject, share, partners }: Written): boolean {
  const named = [subject, ...partners.map((one) => one.subject)]
  return !partners.length || (named.every(Boolean) && new Set(named).size === named.length && [share, ...partners.map((one) => one.share)].every(above0))
}

/** The contribution as the API takes it; put forward again it keeps its evidence. */
export function declared(form: Written, levels: readonly string[], item: Contribution | null): object {
  const { level, share, partners, title, effect, proof, ...rest } = form
  const shares = partners.length ? { shares: [{ subject: form.subject, share }, ...partners].map((one) => ({ subject: one.subject, share: typed(one.share) })) } : {}
  return {
    ...(item ? { contribution: item.contribution, revision: item.revision, evidence: item.evidence } : {}), ...rest, title: title.trim(), effect: effect.trim(), proof: proof.trim(), ...(levels.includes(level) ? { level } : {}), ...shares,
  }
}
