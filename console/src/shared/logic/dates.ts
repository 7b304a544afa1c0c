import { english } from './told'

/** Dates are the bureau's (Asia/Shanghai) and are handled as texts; instants come in UTC. They are told in the language of the console. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthName = (number: number | string): string => MONTHS[Number(number) - 1] ?? String(number)

const ZONE = 'Asia/Shanghai'
const DAY = 86_400_000

const formatter = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

function partsOf(at: Date): Record<string, string> {
  return Object.fromEntries(formatter.formatToParts(at).map((part) => [part.type, part.value]))
}

/** Today in the bureau, `2026-11-29`. */
export function today(at: Date = new Date()): string {
  const { year, month, day } = partsOf(at)
  return `${year}-${month}-${day}`
}

/** The bureau's day of an instant; a day is its own. */
export const dayOf = (at: string): string => (at.includes('T') ? today(new Date(at)) : at.slice(0, 10))

/** `2026-03-05` → `2026年3月5日`, an instant as the bureau's day; without the year where it is `year`. */
export function dateText(at: string | null | undefined, year = today().slice(0, 4)): string {
  if (!at) return '—'
  const [y, m, d] = dayOf(at).split('-').map(Number)
  if (english()) return `${d} ${monthName(m ?? 0)}${String(y) === year ? '' : ` ${y}`}`
  return `${String(y) === year ? '' : `${y}年`}${m}月${d}日`
}

/** An instant as `14:32` today, `昨天 16:40`, else `11月27日 09:12`. */
export function momentText(at: string | null | undefined, now: Date = new Date()): string {
  if (!at) return '—'
  const { year, month, day, hour, minute } = partsOf(new Date(at))
  const date = `${year}-${month}-${day}`
  const days = daysBetween(date, today(now))
  const time = `${hour}:${minute}`
  if (days === 0) return `${english() ? 'today' : '今天'} ${time}`
  if (days === 1) return `${english() ? 'yesterday' : '昨天'} ${time}`
  return `${dateText(date, today(now).slice(0, 4))} ${time}`
}

export function clock(at: Date): string {
  const { hour, minute } = partsOf(at)
  return `${hour}:${minute}`
}

/** Whole days from one date to another; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${dayOf(to)}T00:00:00Z`) - Date.parse(`${dayOf(from)}T00:00:00Z`)) / DAY)
}

/** The date so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${dayOf(day)}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** What a field for a moment holds, `2026-11-30T09:15` of the bureau's clock, as an instant; and back. */
export const instantOf = (local: string): string => new Date(`${local.slice(0, 16)}:00+08:00`).toISOString()
export function localOf(instant: string): string {
  const { year, month, day, hour, minute } = partsOf(new Date(instant))
  return `${year}-${month}-${day}T${hour}:${minute}`
}

/** Hours and minutes of a local time, `08:50`. */
export const timeOf = (local: string): string => local.slice(11, 16)

export type Urgency = 'red' | 'amber' | 'grey'

/** How near a deadline is: past or today is red, within three days amber. */
export function urgency(due: string, now = today()): Urgency {
  const days = daysBetween(now, due)
  return days <= 0 ? 'red' : days <= 3 ? 'amber' : 'grey'
}

export function dueText(due: string, now = today()): string {
  const days = daysBetween(now, due)
  if (days < 0) return english() ? `${-days} ${days === -1 ? 'day' : 'days'} overdue` : `逾期 ${-days} 天`
  if (days === 0) return english() ? 'today 24:00' : '今天 24:00'
  if (days === 1) return english() ? 'tomorrow' : '明天'
  return dateText(due, now.slice(0, 4))
}

/** `2026-M03` → `2026年3月`, `2026-Q1` → `2026年第1季度`, `2026-H2` → `2026年下半年`, `2026-Y` → `2026年全年`. */
export function periodText(code: string | null | undefined, short = false): string {
  const found = /^(\d{4})-([MQHY])(\d*)$/.exec(code ?? '')
  if (!found) return code ?? '—'
  const [, year, kind, digits] = found
  const number = Number(digits)
  if (english()) {
    const told = { M: monthName(number), Q: `Q${number}`, H: `H${number}`, Y: 'whole year' }[kind as 'M' | 'Q' | 'H' | 'Y']
    return short ? told : `${told} ${year}`
  }
  const name = { M: `${number}月`, Q: `第${number}季度`, H: number === 1 ? '上半年' : '下半年', Y: '全年' }[kind as 'M' | 'Q' | 'H' | 'Y']
  return short ? name : `${year}年${name}`
}

export interface Period { code: string; frequency: string; starts: string; ends: string }

/** The month that a declarer most likely means: until the tenth the month before, then the running one; never beyond the cycle. */
export function currentMonth(periods: readonly Period[], now = today()): string {
  const months = periods.filter((one) => one.frequency === 'monthly')
  const wanted = Number(now.slice(8)) <= 10 ? previousMonth(now) : now.slice(0, 7)
  const found = months.find((one) => one.starts.startsWith(wanted))
  if (found) return found.code
  const past = months.filter((one) => one.starts <= now)
  return (past[past.length - 1] ?? months[0])?.code ?? ''
}

function previousMonth(now: string): string {
  const [year = 0, month = 0] = now.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

/** All periods that end in a month: the month itself, and the quarter, half-year or year that it closes. */
export function endingWith(periods: readonly Period[], month: string): Period[] {
  const ends = periods.find((one) => one.code === month)?.ends
  return ends ? periods.filter((one) => one.ends === ends) : []
}
