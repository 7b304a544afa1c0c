import type { Schemas } from '@/api/client'
import { daysBetween } from '@/shared/logic/dates'
import type { Day } from './month'

export type Leave = Schemas['LeaveDocument']
export type Correction = Schemas['CorrectionDocument']
export type Anomaly = Schemas['Anomaly']
export type Clock = Schemas['WallDevice']
export interface Month { month: string; closed_at?: string; persons?: number; changed?: number; not_enrolled?: string[] }

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

/** Whether somebody may decide on another's leave or explanation: HR for all, a head for the unit's people, nobody for oneself. */
export const decides = (who: { person: string | null; headed: string | null; hr: boolean }, person: string, unit: string | null): boolean =>
  person !== who.person && (who.hr || (!!unit && unit === who.headed))

/** Whether a leave that is under way may end with this morning: whole days and halves only, and earlier than it was granted. */
export function endable(leave: Pick<Leave, 'first' | 'first_half' | 'last' | 'last_half' | 'from'>, today: string): boolean {
  const now = `${today} am`
  return !leave.from && `${leave.first} ${leave.first_half}` <= now && now < `${leave.last} ${leave.last_half}`
}
