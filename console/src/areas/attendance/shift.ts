import { listed } from '@/shared/logic/told'

const DAY = 1440
/** A shift as it is typed: times of the clock, `HH:MM`; the second span where there is one. */
export interface NewShift { shift: string; name: string; from: string; to: string; split: boolean; again: string; until: string; tolerance: number; absent_after: number; opens_before: number; flex: number }
export const EMPTY_SHIFT = (): NewShift => ({ shift: '', name: '', from: '09:00', to: '17:00', split: false, again: '13:30', until: '17:30', tolerance: 5, absent_after: 120, opens_before: 240, flex: 0 })

const minutes = (text: string): number => (/^\d\d:\d\d$/.test(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3)) : Number.NaN)
/** The spans in minutes after midnight; a time that is not after the one before it is the next day's. */
export function spansOf({ from, to, split, again, until }: NewShift): [number, number][] {
  let last = -1
  const edges = (split ? [from, to, again, until] : [from, to]).map((text) => {
    const day = Math.max(0, Math.floor(last / DAY))
    let at = minutes(text) + day * DAY
    if (at <= last) at += DAY
    last = at
    return at
  })
  return edges.flatMap((edge, at) => (at % 2 ? [] : [[edge, edges[at + 1] ?? Number.NaN] as [number, number]]))
}

/** What the API would refuse a shift for, as the key of its text; null where it can be worked by. */
export function shiftFault(form: NewShift): 'times' | 'tolerance' | 'opens' | 'flex' | null {
  const edges = spansOf(form).flat()
  const [first = 0, last = 0] = [edges[0], edges.at(-1)]
  const whole = (...all: number[]): boolean => all.every((one) => Number.isInteger(one) && one >= 0)
  if (!whole(...edges) || last - first >= DAY) return 'times'
  if (!whole(form.tolerance, form.absent_after) || form.tolerance > form.absent_after) return 'tolerance'
  if (!whole(form.opens_before) || form.opens_before > DAY - (last - first)) return 'opens'
  if (!whole(form.flex) || (form.flex && (form.split || form.flex > last - first))) return 'flex'
  return null
}
export const shiftReady = (form: NewShift): boolean => !!form.shift.trim() && !!form.name.trim() && !shiftFault(form)
export const shiftBody = (form: NewShift): object => {
  const { shift, name, tolerance, absent_after, opens_before, flex } = form
  return { shift: shift.trim(), name: name.trim(), spans: spansOf(form), tolerance, absent_after, opens_before, flex }
}

/** The times of a shift as people say them; `next` says of a time that it is the next day's. */
export function timesText(spans: readonly (readonly number[])[], next: (time: string) => string): string {
  const clock = (at: number): string => {
    const time = `${String(Math.floor((at % DAY) / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
    return at >= DAY ? next(time) : time
  }
  return listed(spans.map((span) => span.map(clock).join('—')))
}
