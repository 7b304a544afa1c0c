import { daysBetween, today } from '@/shared/logic/dates'

export interface Note { by: string; on: string; kind: string; text: string }
export interface Order {
  order: string; revision: number; indicator: string; subject: string; layer: string; unit: string; period: string; status: string; title: string; standard: string; points: string | null
  issued_on: string; deadline: string; percent: number; notes: Note[]; completed_on: string | null; counts: Record<string, string>; issued_by: string; judged_by: string | null; overdue: boolean
  assessor: string; may?: string[]; subject_name?: string; indicator_name?: string
}
export type Deed = 'accept' | 'refuse' | 'progress' | 'complete' | 'judge' | 'send_back' | 'withdraw'
export interface Holder { person: string | null; headed: string | null; has: (...roles: string[]) => boolean; assesses: ReadonlySet<string> }

const NEXT: Record<string, { mine: Deed[]; theirs: Deed[] }> = {
  issued: { mine: ['accept', 'refuse'], theirs: ['withdraw'] },
  refused: { mine: [], theirs: ['withdraw'] },
  accepted: { mine: ['progress', 'complete'], theirs: ['withdraw'] },
  completed: { mine: [], theirs: ['judge', 'send_back'] },
}

/** What may be done: as the API says, else by who answers for the order and who issued it. */
export function deeds(order: Order, who: Holder): Deed[] {
  if (order.may) return order.may as Deed[]
  const next = NEXT[order.status]
  if (!next) return []
  const mine = order.subject === who.person || order.subject === who.headed
  const own = mine || order.unit === who.headed
  const theirs = !own && (who.has('panel', 'leader') || who.assesses.has(order.assessor))
  const late = order.overdue && theirs && ['issued', 'accepted'].includes(order.status)
  return [...(mine ? next.mine : []), ...(late ? (['judge'] as const) : []), ...(theirs ? next.theirs : [])]
}

export const COLUMNS = ['issued', 'accepted', 'completed', 'judged'] as const

/** Urgent ones first: open before done, then by deadline. */
export function sorted(orders: readonly Order[]): Order[] {
  const done = (one: Order): number => ({ completed: 1, judged: 2, withdrawn: 2 })[one.status] ?? 0
  return [...orders].sort((one, two) => done(one) - done(two) || one.deadline.localeCompare(two.deadline) || one.title.localeCompare(two.title))
}

/** Behind its time: past its deadline, or more of its days gone than of its work done. */
export function risk(order: Order, now = today()): 'overdue' | 'behind' | null {
  if (!['issued', 'accepted', 'refused'].includes(order.status)) return null
  if (order.deadline < now) return 'overdue'
  const whole = daysBetween(order.issued_on, order.deadline)
  return whole > 0 && (daysBetween(order.issued_on, now) / whole) * 100 > order.percent + 25 ? 'behind' : null
}
