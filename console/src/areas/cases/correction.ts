import type { Schemas } from '@/api/client'
import type { Field } from './fields'

type Event = Schemas['EventDocument']
/** What a correction may change of an event, and how it is typed. */
const MEMBERS: readonly Field[] = [
  { name: 'summary', kind: 'note' }, { name: 'trader', kind: 'text' }, { name: 'trader_address', kind: 'text' }, { name: 'channel', kind: 'word', list: 'case_channel' }, { name: 'goods', kind: 'text' }, { name: 'amount', kind: 'money' }, { name: 'request', kind: 'note' },
  { name: 'unit', kind: 'unit' }, { name: 'handler', kind: 'handler' }, { name: 'ground', kind: 'refusal' }, { name: 'knew_on', kind: 'day' }, { name: 'outcome', kind: 'word', list: 'case_outcome' }, { name: 'termination_ground', kind: 'termination' },
  { name: 'recovered', kind: 'money' }, { name: 'voucher', kind: 'flag' }, { name: 'perform_by', kind: 'day' }, { name: 'must_tell', kind: 'flag' }, { name: 'form', kind: 'word', list: 'case_form' }, { name: 'satisfaction', kind: 'word', list: 'case_grade' },
]

/** The members that the event says, which can be put right. */
export const members = (event: Event): Field[] => MEMBERS.filter((one) => one.name in event.given)

/** Whether an event can be put right: what it says, or when it happened. Only registrations keep their time. */
export const correctable = (event: Event): boolean => event.name !== 'register' || members(event).length > 0

/** What a correction sends: only what is not as it was. */
export function changes(event: Event, filled: Record<string, unknown>): Record<string, unknown> {
  const before = event.given as Record<string, unknown>
  const same = (name: string): boolean => String(before[name] ?? '') === String(filled[name] ?? '')
  const said = Object.fromEntries(members(event).filter((one) => !same(one.name)).map((one) => [one.name, filled[one.name] === '' && ['perform_by', 'satisfaction', 'termination_ground', 'form'].includes(one.name) ? null : filled[one.name]]))
  return event.name === 'follow_up' && 'satisfaction' in said ? { ...said, answered: said['satisfaction'] !== null } : said
}
