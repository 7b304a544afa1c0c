import type { Schemas } from '@/api/client'
import { isQuantity, typed } from '@/shared/logic/numbers'

export type Inquiry = Schemas['InquiryDocument']
export type InquiryDeed = Inquiry['may'][number]
export type Consequence = NonNullable<Inquiry['consequence']>
export const CONSEQUENCES: readonly Consequence[] = ['none', 'reminder', 'deduction', 'veto_proposed']
/** Rules by which something can be taken off on top; elsewhere the judgement itself counts what was not done. */
export const DEDUCTING: readonly string[] = ['deduct']
export interface Answered { text: string; consequence: Consequence; deduction: Record<string, string> | null; veto: string }

/** Whether the API could take an answer or an end as it is filled in. */
export function ready(deed: InquiryDeed, { text, consequence, deduction, veto }: Answered): boolean {
  if (!text.trim()) return false
  if (deed === 'answer') return true
  if (consequence === 'deduction') return !!deduction && Object.keys(deduction).length > 0 && Object.values(deduction).every((value) => isQuantity(typed(value)))
  return consequence !== 'veto_proposed' || !!veto
}

/** Where an answer or an end is sent, and as what. */
export function request({ inquiry, revision }: Inquiry, deed: InquiryDeed, { text, consequence, deduction, veto }: Answered): { path: string; body: object } {
  if (deed === 'answer') return { path: 'task-orders/inquiries/answer', body: { inquiries: [{ inquiry, revision, answer: text.trim() }] } }
  const more = consequence === 'deduction' ? { deduction } : consequence === 'veto_proposed' ? { veto } : {}
  return { path: 'task-orders/inquiries/close', body: { inquiries: [{ inquiry, revision, consequence, conclusion: text.trim(), ...more }] } }
}

/** What is asked about each order and not closed yet: an order is not judged before. */
export const openOf = (all: readonly Inquiry[], order: string): Inquiry[] => all.filter((one) => one.order === order && one.status !== 'closed')
