import { daysBetween } from '@/shared/logic/dates'
import type { ToDoItem, ToDoList } from '@/shared/state/todos'

export interface Waiting { key: string; list: string; count: number; overdue: number; due: string | null; path: string; period?: string; subject?: string; example: string }

/** Where each list of to-dos is worked off. */
export const PATHS: Record<string, string> = {
  to_correct: '/declare?show=returned', to_verify: '/verify', to_assess: '/assess', to_record: '/assess?archive', consents_to_answer: '/consents?show=answer', contributions_to_correct: '/contributions?show=mine', contributions_to_screen: '/contributions?show=screen', shares_to_answer: '/contributions?show=share',
  opinions_to_give: '/contributions?show=opinion', works_to_correct: '/works?show=returned', works_to_confirm: '/works?show=waiting', works_to_assess: '/works?show=waiting', orders_to_answer: '/orders?show=mine', orders_to_judge: '/orders?show=judge',
  orders_refused: '/orders?show=refused', inquiries_to_answer: '/orders?show=asked', inquiries_to_close: '/orders?show=asked', vetoes_to_confirm: '/vetoes?show=decide',
  ballots_to_cast: '/campaigns/ballot', items_to_inspect: '/checks/mine', spot_checks_to_draw: '/checks', inspectors_to_name: '/checks', appeals_to_decide: '/appeals?show=decide',
}

/** Rows of the to-do table: zeros do not appear, declaring is split by subject and period, the most urgent stand first. */
export function waitingRows(lists: Readonly<Record<string, ToDoList>>, ends: ReadonlyMap<string, string>, now: string): Waiting[] {
  const rows: Waiting[] = []
  for (const [name, list] of Object.entries(lists)) {
    if (name === 'to_declare') rows.push(...declaring(list, ends, now))
    else if (list.count) {
      const first = list.items[0]
      rows.push({ key: name, list: name, count: list.count, overdue: list.overdue, due: nearest(list), path: pathOf(name, first), example: String(first?.title ?? '') })
    }
  }
  return rows.sort((one, two) => rank(one, now) - rank(two, now) || two.count - one.count)
}

/** What was given back is put right in the month of the first of them; a list without a page of its own leads nowhere. */
function pathOf(name: string, first: ToDoItem | undefined): string {
  if (name === 'to_correct' && first?.period && first.subject) return `/declare?show=returned&period=${monthOf(first.period)}&subject=${first.subject}`
  return PATHS[name] ?? ''
}

/** This month's items and those left behind; what will only be due later in the year is not yet to do. */
function declaring(list: ToDoList, ends: ReadonlyMap<string, string>, now: string): Waiting[] {
  const lastDay = `${now.slice(0, 7)}-31`
  const due = list.items.filter((item) => item.period && (ends.get(item.period) ?? '9999') <= lastDay)
  return due.map((item) => ({
    key: `${item.subject} ${item.period}`, list: 'to_declare', count: item.left ?? 0, overdue: item.due_on && daysBetween(now, item.due_on) < 0 ? item.left ?? 0 : 0,
    due: item.due_on, path: `/declare?period=${monthOf(item.period ?? '')}&subject=${item.subject}`, period: item.period ?? '', subject: item.subject ?? '', example: '',
  }))
}

/** The month at whose end a period is declared. */
export function monthOf(period: string): string {
  const found = /^(\d{4})-([MQHY])(\d*)$/.exec(period)
  if (!found || found[2] === 'M') return period
  const months = { Q: Number(found[3]) * 3, H: Number(found[3]) * 6, Y: 12 }[found[2] as 'Q' | 'H' | 'Y']
  return `${found[1]}-M${String(months).padStart(2, '0')}`
}

const nearest = (list: ToDoList): string | null => list.next_due ?? list.items.find((item) => item.due_on)?.due_on ?? null

function rank(row: Waiting, now: string): number {
  if (row.overdue) return -1000
  return row.due ? daysBetween(now, row.due) : row.list === 'to_declare' ? 300 : 500
}
