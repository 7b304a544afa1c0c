import type { Schemas } from '@/api/client'
import { daysBetween, today } from '@/shared/logic/dates'
import { isQuantity, typed } from '@/shared/logic/numbers'

export type Order = Schemas['TaskOrderDocument']
export type Deed = Order['may'][number]
export interface Filled { note: string; percent: number; day: string; counts: Record<string, string> }

const WORDED: ReadonlySet<Deed> = new Set(['refuse', 'insist', 'progress', 'send_back', 'postpone', 'withdraw', 'ask'])
const DATED: ReadonlySet<Deed> = new Set(['postpone', 'ask'])
/** Whether a step is refused without words. */
export const needsText = (deed: Deed): boolean => WORDED.has(deed)
/** Whether a step names a day: the new deadline, or until when a question is answered. */
export const needsDay = (deed: Deed): boolean => DATED.has(deed)

/** Whether the API could take a step as it is filled in. */
export function ready(order: Order, deed: Deed, { note, percent, day, counts }: Filled, now = today()): boolean {
  if (needsText(deed) && !note.trim()) return false
  if (needsDay(deed) && (day < now || (deed === 'postpone' && day === order.deadline))) return false
  if (deed === 'progress') return Number.isInteger(percent) && percent >= 0 && percent <= 100
  return deed !== 'judge' || (Object.keys(counts).length > 0 && Object.values(counts).every((value) => isQuantity(typed(value))))
}

/** Where a step is sent, and as what. */
export function request(order: Order, deed: Deed, { note, percent, day, counts }: Filled): { path: string; body: object } {
  const text = note.trim()
  if (deed === 'ask') return { path: 'task-orders/inquiries', body: { inquiries: [{ order: order.order, question: text, answer_by: day }] } }
  const own = {
    progress: { percent }, postpone: { deadline: day }, judge: { counts: Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, typed(value)])) },
  }[deed as string]
  return { path: `task-orders/${deed.replace('_', '-')}`, body: { orders: [{ order: order.order, revision: order.revision, ...(text ? { note: text } : {}), ...own }] } }
}

export const COLUMNS = ['issued', 'accepted', 'completed', 'judged'] as const

/** Urgent ones first: open before done, then by deadline. */
export function sorted(orders: readonly Order[]): Order[] {
  const done = (one: Order): number => ({ completed: 1, judged: 2, withdrawn: 2 } as Record<string, number>)[one.status] ?? 0
  return [...orders].sort((one, two) => done(one) - done(two) || one.deadline.localeCompare(two.deadline) || one.title.localeCompare(two.title))
}

/** Behind its time: past its deadline, or more of its days gone than of its work done. */
export function risk(order: Order, now = today()): 'overdue' | 'behind' | null {
  if (!['issued', 'accepted', 'refused'].includes(order.status)) return null
  if (order.deadline < now) return 'overdue'
  const whole = daysBetween(order.issued_on, order.deadline)
  return whole > 0 && (daysBetween(order.issued_on, now) / whole) * 100 > order.percent + 25 ? 'behind' : null
}
