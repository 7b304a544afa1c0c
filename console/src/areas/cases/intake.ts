/** What an operator types while on the telephone. */
export const EMPTY = {
  kind: 'complaint', consumer: '', phone: '', id_number: '', address: '', trader: '', trader_address: '', trader_code: '', platform: '',
  goods: '', amount: '', request: '', channel: '', summary: '', unit: '', handler: '',
}
export type Intake = typeof EMPTY
const SEALED = { consumer: '', phone: '', id_number: '', address: '' } // kept sealed in the case, and nowhere before

/** What a draft keeps of it. */
export const inDraft = (form: Intake): Intake => ({ ...form, ...SEALED })

/** An amount of yuan, or none. */
export const isAmount = (text: string): boolean => /^(\d{1,10}(\.\d{1,2})?)?$/.test(text.trim())

/** The case as it is registered: what was left empty is not said, and of whom a report is about nothing that a report does not tell. */
export function newCase(form: Intake, unit: string): Record<string, string> {
  const of: readonly (keyof Intake)[] = form.kind === 'complaint'
    ? ['consumer', 'phone', 'id_number', 'address', 'trader', 'trader_address', 'trader_code', 'goods', 'amount', 'request', 'channel']
    : form.kind === 'report' ? ['trader', 'trader_address', 'trader_code', 'goods', 'amount', 'channel'] : ['trader', 'channel']
  const said = of.map((name) => [name, form[name].trim()] as const).filter(([, text]) => text)
  return { kind: form.kind, intake_unit: unit, summary: form.summary.trim(), ...Object.fromEntries(said) }
}
