export interface Opinion { member: string; agree: boolean; recused: boolean; note: string }
export interface Contribution {
  contribution: string; revision: number; indicator: string; subject: string; layer: string; unit: string; period: string; status: string; title: string; effect: string; proof: string; reason: string
  evidence: string[]; shares: { subject: string; share: string; agreed?: boolean | null }[]; part_of: string | null; claimed: Record<string, string>; counts: Record<string, string>; declared_by: string
  screened_by: string | null; settled_by: string | null; same_as: { title?: string; likeness?: number }[]; opinions: Opinion[]; worth: string; year: string; cap: string; may?: string[]
}
export type Deed = 'screen' | 'return' | 'opine' | 'settle' | 'reject'
export interface Holder { person: string | null; headed: string | null; has: (...roles: string[]) => boolean }

/** What may be done: as the API says, else: the head screens, the panel gives opinions, and settles with three of them. */
export function may(item: Contribution, who: Holder): Deed[] {
  if (item.may) return item.may as Deed[]
  if (item.subject === who.person || item.declared_by === who.person) return []
  if (item.status === 'declared') {
    const unitsOwn = item.subject === item.unit
    return (!unitsOwn && who.headed === item.unit) || who.has('leader') ? ['screen', 'return'] : []
  }
  if (item.status !== 'screened' || !who.has('panel')) return []
  const given = item.opinions.some((one) => one.member === who.person)
  const counted = item.opinions.filter((one) => !one.recused)
  return [...(given ? [] : (['opine'] as const)), ...(counted.length >= 3 ? (['settle', 'reject'] as const) : [])]
}
