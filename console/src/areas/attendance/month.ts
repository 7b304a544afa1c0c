import type { Schemas } from '@/api/client'

export interface Day { day: string; late?: number; early?: number; halves?: string[]; missed?: string[]; punches?: readonly unknown[] }
export interface Cell { day: string; number: number; judged: Day | null; tone: 'good' | 'odd' | 'away' | 'free'; inMonth: boolean }

/** What a day is: something to look at, away with a reason, as it should be, or no working day. */
export function toneOf(day: Day | null): Cell['tone'] {
  if (!day) return 'free'
  if (day.late || day.early || day.missed?.length || day.halves?.includes('absent')) return 'odd'
  if (day.halves?.every((half) => half === 'due')) return 'free'
  return day.halves?.some((half) => half !== 'present' && half !== 'due') ? 'away' : 'good'
}

/** A month as whole weeks, Monday first. */
export function weeks(month: string, days: readonly Day[]): Cell[][] {
  const byDay = new Map(days.map((one) => [one.day, one]))
  const first = new Date(`${month}-01T00:00:00Z`)
  const start = new Date(first)
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7))
  const found: Cell[][] = []
  for (const at = start; found.length < 6; ) {
    const week: Cell[] = []
    for (let index = 0; index < 7; index += 1) {
      const day = at.toISOString().slice(0, 10)
      const judged = byDay.get(day) ?? null
      week.push({ day, number: at.getUTCDate(), judged, tone: toneOf(judged), inMonth: day.startsWith(month) })
      at.setUTCDate(at.getUTCDate() + 1)
    }
    if (!week.some((cell) => cell.inMonth)) break
    found.push(week)
  }
  return found
}

type Month = Schemas['MonthDocument']
export interface OfDay { judged: Month['days'][number] | null; rest: Month['rest_days'][number] | null; leaves: Month['leaves']; signIns: NonNullable<Month['sign_ins']> }
/** What of a month lies on a day. */
export function dayOfMonth(month: Month, day: string): OfDay {
  return {
    judged: month.days.find((one) => one.day === day) ?? null,
    rest: month.rest_days.find((one) => one.day === day) ?? null,
    leaves: month.leaves.filter((one) => one.first <= day && day <= one.last && !['refused', 'withdrawn'].includes(one.status)),
    signIns: (month.sign_ins ?? []).filter((one) => one.opens.startsWith(day)),
  }
}

type Figures = Record<string, Record<string, string>>
/** The figures that are not as they were. */
export function differences(before: Figures, after: Figures): { name: string; before: Record<string, string> | null; after: Record<string, string> | null }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
}
