import { instantOf } from '@/shared/logic/dates'
import { type Parties, partiesSent } from './parties'

/** What an operator types while on the telephone. */
export const EMPTY = {
  kind: 'complaint', consumer: '', phone: '', id_number: '', address: '', trader: '', trader_address: '', trader_code: '', platform: '',
  goods: '', amount: '', request: '', channel: '', tell_by: '', received_at: '', summary: '', report: '', real_name: '', unit: '', handler: '',
}
export type Intake = typeof EMPTY
const SEALED = { consumer: '', phone: '', id_number: '', address: '' } // kept sealed in the case, and nowhere before

/** What a draft keeps of it. */
export const inDraft = (form: Intake): Intake => ({ ...form, ...SEALED })

/** An amount of yuan, or none. */
export const isAmount = (text: string): boolean => /^(\d{1,10}(\.\d{1,2})?)?$/.test(text.trim())

/** What only a person can be told of is for a talk with one; a suggestion is taken in as an enquiry is. */
export const asksOnly = (kind: string): boolean => kind === 'enquiry' || kind === 'suggestion'

/** The case as it is registered: what was left empty is not said, and of whom a report is about nothing that a report does not tell. */
export function newCase(form: Intake, unit: string, parties: Parties): Record<string, unknown> {
  const of: readonly (keyof Intake)[] = form.kind === 'complaint'
    ? ['consumer', 'phone', 'id_number', 'address', 'trader', 'trader_address', 'trader_code', 'goods', 'amount', 'request', 'channel', 'tell_by']
    : form.kind === 'report' ? ['trader', 'trader_address', 'trader_code', 'goods', 'amount', 'channel', 'tell_by'] : ['trader', 'channel']
  const said = of.map((name) => [name, form[name].trim()] as const).filter(([, text]) => text)
  const { agent, together } = partiesSent(parties)
  const more = form.kind !== 'complaint' ? {} : { ...(agent ? { agent } : {}), ...(together.length ? { together } : {}), ...(form.report.trim() ? { report: { summary: form.report.trim(), real_name: !!form.real_name } } : {}) }
  return {
    kind: form.kind, intake_unit: unit, summary: form.summary.trim(), ...Object.fromEntries(said), ...more,
    ...(form.received_at ? { received_at: instantOf(form.received_at) } : {}), ...(form.kind === 'report' && form.real_name ? { real_name: true } : {}),
  }
}
