import type { Schemas } from '@/api/client'

export type Contribution = Schemas['ContributionDocument']
export type Deed = Contribution['may'][number]
export type Answer = 'withdraw' | 'take_back' | 'pass' | 'return' | 'agree' | 'against' | 'recuse' | 'settle' | 'reject' | 'take' | 'decline'

/** The partner for whom a reader answers: oneself or the unit one heads, whichever has not answered; never the one who declared it. */
export function partner(item: Contribution, own: readonly (string | null)[]): string | null {
  const shares = item.shares.filter((share) => share.subject !== item.subject && own.includes(share.subject))
  return (shares.find((share) => share.agreed === null) ?? shares[0])?.subject ?? null
}

/** Where an answer is sent, and as what; `subject` is the partner who answers for a share. */
export function request(item: Contribution, answer: Answer, reason: string, subject: string | null): { path: string; body: object } {
  const { contribution, revision } = item
  const note = reason ? { note: reason } : {}
  const decided = (path: string): { path: string; body: object } => ({ path: `contributions/${path}`, body: { decision: answer, ...(reason ? { reason } : {}), contributions: [{ contribution, revision }] } })
  if (answer === 'withdraw') return { path: 'contributions/withdraw', body: { contributions: [{ contribution, revision }] } }
  if (answer === 'take_back') return { path: 'contributions/take-back', body: { contributions: [{ contribution, revision }], ...(reason ? { reason } : {}) } }
  if (answer === 'pass' || answer === 'return') return decided('screen')
  if (answer === 'settle' || answer === 'reject') return decided('settle')
  if (answer === 'take' || answer === 'decline') return { path: 'contributions/shares', body: { contributions: [{ contribution, revision, subject, agree: answer === 'take', ...note }] } }
  return { path: 'contributions/opinions', body: { opinions: [{ contribution, ...(answer === 'recuse' ? { recused: true } : { agree: answer === 'agree' }), ...note }] } }
}
