import type { Schemas } from '@/api/client'

export type Step = Schemas['CaseDocument']['may'][number]
export type Filled = Record<string, string | boolean | string[] | null>
/** What a step asks for; `needed` may depend on what is filled in. `list` names the words of a choice, `only` those of them that fit. */
export interface Field { name: string; kind: 'text' | 'note' | 'day' | 'instant' | 'money' | 'flag' | 'word' | 'words' | 'unit' | 'handler' | 'case' | 'refusal' | 'termination'; list?: string; only?: readonly string[]; needed?: boolean; when?: (filled: Filled) => boolean }

const needed = (field: Field): Field => ({ ...field, needed: true })
const text = (name: string): Field => ({ name, kind: 'text' })
const day = (name: string): Field => ({ name, kind: 'day' })
const instant = (name: string): Field => ({ name, kind: 'instant' })
const money = (name: string): Field => ({ name, kind: 'money' })
const flag = (name: string): Field => ({ name, kind: 'flag' })
const word = (name: string, list: string): Field => ({ name, kind: 'word', list })
const words = (name: string, list: string): Field => ({ name, kind: 'words', list })
const unit = needed({ name: 'unit', kind: 'unit' })
const handler: Field = { name: 'handler', kind: 'handler' }
const original = needed({ name: 'original', kind: 'case' })
const agreed = (filled: Filled): boolean => filled['outcome'] === 'agreement' || filled['outcome'] === 'settled'

/** What each step says beyond when it happened and why. Steps without a row say nothing more. */
export const FIELDS: Partial<Record<Step, readonly Field[]>> = {
  assign: [unit, handler],
  entrust: [unit, handler],
  transfer: [needed(text('other_bureau'))],
  confirm_transfer: [needed(text('receipt'))],
  check_identity: [needed(word('identity', 'case_identity'))],
  ask_supplement: [needed(words('materials', 'case_material')), needed(day('supply_by'))],
  supplement: [needed(words('materials', 'case_material'))],
  refuse: [needed({ name: 'ground', kind: 'refusal' }), { ...day('knew_on'), when: (filled) => filled['ground'] === '4' }],
  consent: [needed(word('party', 'case_party')), word('matter', 'case_consent')],
  decline: [needed(word('party', 'case_party'))],
  name_mediator: [needed(handler)],
  appoint: [needed(instant('appointed_for')), word('mode', 'case_mode'), text('place')],
  attend: [needed(word('party', 'case_party')), needed(word('attendance', 'case_attendance')), text('proof')],
  ask_recusal: [needed(word('asked_by', 'case_recusal_asker'))],
  decide_recusal: [flag('granted'), { ...handler, when: (filled) => !!filled['granted'] }],
  pause: [text('appraiser'), word('chosen_by', 'case_appraiser_choice')],
  turn_into_case: [{ name: 'original', kind: 'case' }],
  dispute: [text('other_bureau')],
  settle_dispute: [word('competence', 'case_competence')],
  decide_dispute: [needed(word('competence', 'case_competence'))],
  conclude: [
    needed(word('outcome', 'case_outcome')), needed({ name: 'termination_ground', kind: 'termination', when: (filled) => filled['outcome'] === 'terminated' }),
    { ...money('recovered'), when: agreed }, { ...flag('voucher'), when: agreed }, { ...day('perform_by'), when: agreed }, { ...day('performed_on'), when: agreed }, { ...word('form', 'case_form'), when: (filled) => filled['outcome'] === 'agreement' },
    { ...flag('must_tell'), when: (filled) => filled['outcome'] === 'filed' || filled['outcome'] === 'not_filed' },
  ],
  end_filed: [word('nature', 'case_nature'), flag('penalised'), { ...money('fined'), when: (filled) => !!filled['penalised'] }],
  extend_filed_again: [needed(day('new_due'))],
  propose_reward: [needed(money('amount'))],
  approve_reward: [money('amount')],
  pay_reward: [needed(text('receipt'))],
  follow_up: [{ ...word('satisfaction', 'case_grade') }],
  withhold: [needed(word('withholding', 'case_withholding')), day('withheld_until')],
  decide_objection: [needed(word('objection', 'case_objection'))],
  mark_repeat: [original],
  merge: [original, flag('new_facts')],
  supervise: [day('answer_by'), flag('urgent')],
  find_fault: [needed({ name: 'subject', kind: 'handler' }), flag('grave')],
  allow_late: [needed(day('since'))],
}

/** Steps that are refused without a reason in words. */
export const REASONED: ReadonlySet<Step> = new Set<Step>([
  'send_back', 'transfer', 'return_transfer', 'ask_recusal', 'decide_recusal', 'report_back', 'recall', 'extend', 'extend_lead', 'extend_filed', 'turn_into_case', 'decide_dispute', 'answer', 'extend_filed_again', 'propose_reward', 'decline_reward', 'redo', 'reject_archive',
  'unpublish', 'withhold', 'end_withholding', 'object', 'decide_objection', 'unmark_repeat', 'unmerge', 'supervise', 'answer_supervision', 'find_fault', 'correct', 'annul',
])

/** What stands first, as most cases need it; the others are folded away. Events are put right where they stand in the history. */
const USUAL: readonly Step[] = ['assign', 'take_up', 'answer_supervision', 'contact', 'accept', 'refuse', 'resume', 'mediate', 'conclude', 'answer', 'tell', 'perform', 'end_filed', 'follow_up', 'redo', 'archive', 'pass_archive', 'decide_objection', 'publish', 'supervise']
const ON_EVENTS: ReadonlySet<Step> = new Set<Step>(['correct', 'annul'])
export function arranged(may: readonly Step[]): { usual: Step[]; other: Step[] } {
  return { usual: USUAL.filter((one) => may.includes(one)), other: may.filter((one) => !USUAL.includes(one) && !ON_EVENTS.has(one)) }
}

export const asked = (step: Step, filled: Filled): Field[] => (FIELDS[step] ?? []).filter((field) => !field.when || field.when(filled))

const empty = (value: Filled[string] | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)

/** A complaint ends in other ways than a report: only its own are offered. */
export const fitting = (fields: readonly Field[], kind: string): Field[] => fields.map((one) => (one.name === 'outcome' ? { ...one, only: kind === 'complaint' ? ['agreement', 'settled', 'terminated'] : ['filed', 'not_filed'] } : one))

/** A handler is of the unit: with another unit there is none until somebody is chosen. */
export const withUnit = (filled: Filled): Filled => ('handler' in filled ? { ...filled, handler: '' } : filled)

/** Whether the API could take a step as it is filled in. */
export function ready(step: Step, filled: Filled, why: string): boolean {
  if (REASONED.has(step) && !why.trim()) return false
  return asked(step, filled).every((field) => !field.needed || !empty(filled[field.name]))
}

/** What is sent of what is filled in: fields that do not fit any more stay away. */
export function body(step: Step, filled: Filled, clean: (field: Field, value: string) => string): Record<string, unknown> {
  const given = asked(step, filled).filter((field) => field.kind === 'flag' || !empty(filled[field.name]))
  const said = Object.fromEntries(given.map((field) => {
    const value = filled[field.name] ?? false
    return [field.name, typeof value === 'string' ? clean(field, value) : value]
  }))
  return step === 'follow_up' ? { ...said, answered: !!said['satisfaction'] } : said
}
