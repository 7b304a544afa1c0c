import type { Schemas } from '@/api/client'
import { isQuantity, typed } from '@/shared/logic/numbers'

/** One item of a month's form, as the API gives it, and what is being typed into it. */
export interface Quantity { key: string; label: string; machine: string | null; declared: string | null }
export interface FormRow {
  indicator: string; name: string; tool: string; category: string; measure_unit: string; full_points: string; standard: string; required_evidence: string
  target: string | null; quantities: Quantity[]; declaration: string | null; revision: number | null; status: string | null; self_points: string | null
  points: string | null; remark: string | null; reason: string | null; evidence: string[]; not_applicable: boolean
  declared_by: string | null; verified_by: string | null; assessed_by: string | null
}
export interface Form { subject: string; name: string; period: string; starts: string; ends: string; fillable: boolean; rows: FormRow[]; names: Record<string, string> }
/** `looked`: the quantities that the person has looked at once more, because they were above what is usual. */
export interface Typed { inputs: Record<string, string>; remark: string; checked: boolean; evidence: { ref: string; name: string }[]; looked?: string }
/** Without points where a year of these quantities leaves the item out; the explanation says why. */
export type Trial = Pick<Schemas['TrialDocument'], 'points' | 'explanation'>
export interface Row { key: string; period: string; form: FormRow; typed: Typed; trial: Trial | null; fault: string; doubted: string }
export type RowState = 'done' | 'machine' | 'checked' | 'filled' | 'doubted' | 'partial' | 'empty' | 'returned'

const OPEN = new Set([null, 'draft', 'returned'])

export const isOpen = (row: Row): boolean => OPEN.has(row.form.status)
/** Whether a machine has counted all of it: then it is looked over, not typed. */
export const isMachine = (row: Row): boolean => row.form.quantities.length > 0 && row.form.quantities.every((one) => one.machine !== null)

export function rowOf(period: string, form: FormRow): Row {
  const declared = Object.fromEntries(form.quantities.map((one) => [one.key, one.declared ?? '']))
  return {
    key: `${period} ${form.indicator}`, period, form, trial: null, fault: '', doubted: '',
    typed: { inputs: declared, remark: form.remark ?? '', checked: false, evidence: [] },
  }
}

export function stateOf(row: Row): RowState {
  if (!isOpen(row)) return 'done'
  if (isMachine(row)) return row.typed.checked ? 'checked' : row.form.status === 'returned' ? 'returned' : 'machine'
  const values = row.form.quantities.map((one) => typed(row.typed.inputs[one.key] ?? ''))
  const good = values.filter(isQuantity).length
  if (row.form.status === 'returned' && !changed(row)) return 'returned'
  if (good === values.length) return isDoubted(row) && !isLooked(row) ? 'doubted' : 'filled'
  return values.some((value) => value !== '') ? 'partial' : 'empty'
}

const asText = (row: Row): string => JSON.stringify(countsOf(row))
/** Whether what is typed was refused as above what is usual until the person has looked at it once more; with another quantity it is not. */
export const isDoubted = (row: Row): boolean => row.doubted !== '' && row.doubted === asText(row)
export const isLooked = (row: Row): boolean => row.typed.looked === asText(row)
export const doubt = (row: Row): void => { row.doubted = asText(row) }
export const look = (row: Row): void => { row.typed.looked = isLooked(row) ? '' : asText(row) }

/** Whether something of what was declared before has been changed: what was returned is not sent again as it was. */
export function changed(row: Row): boolean {
  const quantities = row.form.quantities.some((one) => typed(row.typed.inputs[one.key] ?? '') !== (one.declared ?? ''))
  return quantities || row.typed.remark !== (row.form.remark ?? '') || row.typed.evidence.length > 0
}

export const isReady = (row: Row): boolean => ['checked', 'filled'].includes(stateOf(row))

/** The quantities as numbers, or null where one is missing or is none. */
export function countsOf(row: Row): Record<string, string> | null {
  if (isMachine(row)) return Object.fromEntries(row.form.quantities.map((one) => [one.key, one.machine ?? '0']))
  const pairs = row.form.quantities.map((one) => [one.key, typed(row.typed.inputs[one.key] ?? '')] as const)
  return pairs.every(([, value]) => isQuantity(value)) ? Object.fromEntries(pairs) : null
}

/** What is sent for a row: machine figures by default are the machine's, so only what differs from it is named. */
export function entryOf(row: Row): Record<string, unknown> {
  const evidence = [...row.form.evidence, ...row.typed.evidence.map((one) => one.ref)]
  return {
    indicator: row.form.indicator,
    period: row.period,
    ...(isMachine(row) ? {} : { counts: countsOf(row) }),
    ...(row.typed.remark ? { remark: row.typed.remark } : {}),
    ...(evidence.length ? { evidence } : {}),
    ...(row.typed.looked && isLooked(row) ? { confirmed: true } : {}),
    ...(row.form.revision ? { revision: row.form.revision } : {}),
  }
}

export type Filter = 'all' | 'open' | 'returned' | 'done'
export const FILTERS: readonly Filter[] = ['all', 'open', 'returned', 'done']

export function fits(row: Row, filter: Filter): boolean {
  if (filter === 'open') return isOpen(row) && !isReady(row)
  if (filter === 'returned') return row.form.status === 'returned'
  if (filter === 'done') return !isOpen(row)
  return true
}

const ORDER: Record<string, number> = { common: 0, professional: 1, contribution: 2, additional: 3 }

/** Returned ones first, then by category as the library has them. */
export function sorted(rows: readonly Row[]): Row[] {
  const place = (row: Row): number => (row.form.status === 'returned' ? -10 : 0) + (ORDER[row.form.category] ?? 9)
  return [...rows].sort((one, two) => place(one) - place(two) || one.form.indicator.localeCompare(two.form.indicator) || one.period.localeCompare(two.period))
}

/** What a draft holds of each row that somebody has touched. */
export function touched(rows: readonly Row[]): Record<string, Typed> {
  const open = rows.filter((row) => isOpen(row) && (row.typed.checked || changed(row)))
  return Object.fromEntries(open.map((row) => [row.key, row.typed]))
}

export const rowsOf = (forms: readonly Form[]): Row[] => forms.flatMap((form) => form.rows.map((row) => rowOf(form.period, row)))

/**
 * The rows as they are now, where they stood before: what nobody has changed meanwhile is the same row, and of what was changed that
 * which is typed stays wherever it can still be declared.
 */
export function renewed(rows: readonly Row[], fresh: readonly Row[]): { rows: Row[]; changed: string[] } {
  const before = new Map(rows.map((row, at) => [row.key, { row, at }]))
  const changedKeys: string[] = []
  const now = fresh.map((row) => {
    const old = before.get(row.key)?.row
    if (old && JSON.stringify(old.form) === JSON.stringify(row.form)) return old
    changedKeys.push(row.key)
    return old && isOpen(row) && (old.typed.checked || changed(old)) ? { ...row, typed: old.typed } : row
  })
  const place = (row: Row): number => before.get(row.key)?.at ?? rows.length
  return { rows: now.sort((one, two) => place(one) - place(two)), changed: changedKeys }
}
