import type { Schemas } from '@/api/client'
import { clock, dateText, daysBetween } from '@/shared/logic/dates'
import { listed } from '@/shared/logic/told'
import type { Day } from './month'

export type Leave = Schemas['LeaveDocument']
export type Correction = Schemas['CorrectionDocument']
export type Anomaly = Schemas['Anomaly']
export type Duty = Schemas['DutyDocument']
export type Allowance = Schemas['AllowanceDocument']
export type Balance = Schemas['AllowancesBalanceDocument']
export type Line = Schemas['SheetLineDocument']
export type Standing = Schemas['Signature']['standing']
export interface Month { month: string; closed_at?: string; persons?: number; changed?: number; not_enrolled?: string[] }

/** Stands for everybody where a person is chosen: not the default, and never sent as it is. */
export const WHOLE = '*'
export const REST = 'rest'
export interface Assignment { person: string; way: 'shift' | 'rotation' | 'exempt'; shift: string; rotation: string[]; starts: string; ends: string }

/** Whether a shift can be assigned as it is asked for; everybody's only once somebody is `sure`. */
export function assignable(asked: Assignment, sure: boolean): boolean {
  const turns = asked.rotation.every(Boolean) && asked.rotation.some((one) => one !== REST)
  const whose = asked.person === WHOLE ? asked.way === 'shift' && sure : !!asked.person
  const how = { shift: !!asked.shift, rotation: turns, exempt: true }[asked.way]
  return whose && how && !!asked.starts && (!asked.ends || asked.ends >= asked.starts)
}

/** The months of the last year up to now, the newest first. */
export function months(today: string, count = 12): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = new Date(Date.UTC(year, month - 1 - back, 1))
    return at.toISOString().slice(0, 7)
  })
}

/** Every day of a month. */
export function daysOf(month: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Array.from({ length: new Date(Date.UTC(year, number, 0)).getUTCDate() }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
}

/** How long a leave is in days, halves counted as such. */
export function length(leave: Pick<Leave, 'first' | 'first_half' | 'last' | 'last_half'>): number {
  const days = daysBetween(leave.first, leave.last) + 1
  return days - (leave.first_half === 'pm' ? 0.5 : 0) - (leave.last_half === 'am' ? 0.5 : 0)
}

/** One sign for a day in a narrow column, by what matters most. */
export function sign(day: Day | undefined): 'absent' | 'late' | 'early' | 'missed' | 'away' | 'good' | 'free' | 'due' {
  if (!day) return 'free'
  if (day.halves?.every((half) => half === 'due')) return 'due'
  if (day.halves?.includes('absent')) return 'absent'
  if (day.late) return 'late'
  if (day.early) return 'early'
  if (day.missed?.length) return 'missed'
  return day.halves?.some((half) => half !== 'present' && half !== 'due') ? 'away' : 'good'
}

/** Kinds that may be taken by the hour, as the API takes them. */
export const HOURLY: readonly string[] = ['outing', 'personal', 'sick', 'compensatory', 'annual', 'care', 'parental']

export interface Who { person: string | null; headed: string | null; hr: boolean; leader: boolean }
/** Whether somebody may decide on another's leave or explanation: HR for all, a head for the unit's people, nobody for oneself. */
export const decides = (who: Who, person: string, unit: string | null): boolean =>
  person !== who.person && (who.hr || (!!unit && unit === who.headed))

/** Whose turn a leave is: the head's, human resources' for what is long, a leader's for what is longest; nobody's own. */
export function waitsFor(who: Who, leave: Pick<Leave, 'person' | 'unit' | 'status'>): boolean {
  if (leave.status === 'forwarded') return who.leader && leave.person !== who.person
  return decides(who, leave.person, leave.unit) && (leave.status === 'requested' || (leave.status === 'endorsed' && who.hr))
}

/** From when to when: halves of days, or hours. */
export function spanText(leave: Pick<Leave, 'first' | 'first_half' | 'last' | 'last_half' | 'from' | 'to'>, half: (code: string) => string): string {
  if (leave.from && leave.to) return `${dateText(leave.first)} ${clock(new Date(leave.from))}—${clock(new Date(leave.to))}`
  return leave.first === leave.last && leave.first_half === 'am' && leave.last_half === 'pm' ? dateText(leave.first) : `${dateText(leave.first)}${half(leave.first_half)}—${dateText(leave.last)}${half(leave.last_half)}`
}

/** Hours and minutes between two instants, `2:30`. */
export function hoursOf(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** The first and the last day of a month. */
export const monthDays = (month: string): { from: string; to: string } => ({ from: `${month}-01`, to: daysOf(month).slice(-1)[0] ?? '' })

/** The shift of each day of a rotation, as people say it. */
export const rotationText = (rotation: readonly (string | null)[], name: (shift: string) => string, rest: string): string => listed(rotation.map((one) => (one ? name(one) : rest)))

/** Whether a leave that is under way may end now, earlier than it was granted: by the hour at this minute, else with this morning. */
export function endable(leave: Pick<Leave, 'first' | 'first_half' | 'last' | 'last_half' | 'from'> & { to?: Leave['to'] }, today: string, at = new Date().toISOString()): boolean {
  const now = `${today} am`
  if (leave.from) return !!leave.to && Date.parse(leave.from) < Date.parse(at) && Date.parse(at) < Date.parse(leave.to)
  return `${leave.first} ${leave.first_half}` <= now && now < `${leave.last} ${leave.last_half}`
}

/** Who signed a line of the month sheet as what. */
export const signedBy = (line: Pick<Line, 'signatures'>, standing: Standing): Line['signatures'][number] | undefined => line.signatures.find((one) => one.standing === standing)

/** Whose lines one may sign as `standing`, as the answer says, and has not or not since they changed. */
export function toSign(lines: readonly Pick<Line, 'person' | 'may' | 'signatures'>[], standing: Standing): string[] {
  return lines.filter((one) => one.may.includes(standing) && (signedBy(one, standing)?.stale ?? true)).map((one) => one.person)
}
