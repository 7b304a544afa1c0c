import { told } from '@/shared/logic/told'
import { computed, reactive, ref } from 'vue'
import { type Schemas, getJson, sendJson } from '@/api/client'
import { type Problem, asProblem } from '@/api/problem'
import { type Account, sendAllBut } from '@/shared/logic/batch'
import { endingWith } from '@/shared/logic/dates'
import { useCycle } from '@/shared/state/cycle'
import { type Form, type Row, type Trial, type Typed, countsOf, entryOf, isMachine, isOpen, isReady, renewed, rowsOf, sorted, touched } from './rows'

/** What was declared and what was refused, and of what was declared that which deserves a second look. */
export interface Told extends Account<Row> { warned: { row: Row; warning: Schemas['Told'] }[] }
interface Due { due_on: string | null; late: boolean }

const TRY_PAUSE = 250

/** The month of one subject: read, tried while typing, declared with an account of what was refused. */
export function useMonth(subject: () => string, month: () => string) {
  const cycle = useCycle()
  const rows = ref<Row[]>([])
  const forms = ref<Form[]>([])
  const due = ref<Due>({ due_on: null, late: false })
  const loading = ref(false)
  const problem = ref<Problem | null>(null)
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const ready = computed(() => rows.value.filter(isReady))
  const open = computed(() => rows.value.filter(isOpen))

  const readForms = (): Promise<Form[]> => Promise.all(endingWith(cycle.periods, month()).map((one) => getJson<Form>('forms/review', { cycle: cycle.code, subject: subject(), period: one.code })))

  async function load(): Promise<void> {
    loading.value = true
    const wanted = `${subject()} ${month()}`
    try {
      const [read, told] = await Promise.all([
        readForms(),
        getJson<Due>('declarations/due', { cycle: cycle.code, subject: subject(), period: month() }).catch(() => ({ due_on: null, late: false })),
      ])
      if (wanted !== `${subject()} ${month()}`) return
      forms.value = read
      due.value = told
      rows.value = sorted(rowsOf(read)).map((row) => reactive(row))
      for (const row of rows.value) if (isOpen(row) && isMachine(row)) void tried(row, countsOf(row) ?? {})
      problem.value = null
    } catch (error) {
      problem.value = asProblem(error)
    } finally {
      loading.value = false
    }
  }

  /** What others did meanwhile comes in, of what is typed nothing goes; tells how many items changed. */
  async function refresh(): Promise<number> {
    const [wanted, known] = [`${subject()} ${month()}`, forms.value]
    if (loading.value || !known.length) return 0
    const read = await readForms()
    if (wanted !== `${subject()} ${month()}` || known !== forms.value) return 0 // it was read anew by then
    const now = renewed(rows.value, rowsOf(read))
    forms.value = read
    if (!now.changed.length && now.rows.length === rows.value.length) return 0
    rows.value = now.rows.map((row) => reactive(row))
    for (const row of rows.value) if (now.changed.includes(row.key) && isOpen(row)) tryOut(row)
    return now.changed.length
  }

  function take(draft: Record<string, Typed>): void {
    for (const row of rows.value) {
      const kept = draft[row.key]
      if (kept && isOpen(row)) Object.assign(row.typed, kept)
      if (kept && isOpen(row)) tryOut(row)
    }
  }

  /** Points at once: what is typed is tried, the answer to an older text is dropped. */
  function tryOut(row: Row): void {
    clearTimeout(timers.get(row.key))
    row.fault = ''
    const counts = countsOf(row)
    if (!counts) {
      row.trial = null
      return
    }
    timers.set(row.key, setTimeout(() => void tried(row, counts), TRY_PAUSE))
  }

  async function tried(row: Row, counts: Record<string, string>): Promise<void> {
    const same = (): boolean => JSON.stringify(countsOf(row)) === JSON.stringify(counts)
    try {
      const found = await sendJson<Trial>('POST', `cycles/${cycle.code}/indicators/${row.form.indicator}/try`, { counts, target: row.form.target })
      if (same()) row.trial = found
    } catch (error) {
      const refused = asProblem(error)
      if (same() && !refused.passing) row.fault = told(refused.errors[0] ?? refused)
    }
  }

  /** Declares what is ready. Where some are refused, the others go without them: the account names each with its reason. */
  async function declare(key: string, chosen: readonly Row[]): Promise<Told> {
    const head = { cycle: cycle.code, subject: subject() }
    const warned: Told['warned'] = []
    const account = await sendAllBut(chosen, key, async (part, one) => {
      const { declarations } = await sendJson<Schemas['DeclarationOutcomes']>('POST', 'declarations', { ...head, entries: part.map(entryOf) }, { 'Idempotency-Key': one })
      for (const outcome of declarations) {
        const row = part.find((known) => known.form.indicator === outcome.indicator && known.period === outcome.period)
        for (const warning of row ? outcome.warnings ?? [] : []) warned.push({ row: row as Row, warning })
      }
    })
    return { ...account, warned }
  }

  return { rows, forms, due, loading, problem, ready, open, load, refresh, take, tryOut, declare, touched: () => touched(rows.value) }
}
