import { type Period, endingWith } from '@/shared/logic/dates'
import type { Indicator } from '@/shared/state/names'

/** The forms that come back filled in, each with the page on which what they brought is looked after. */
export const FILLED = { review: '/declare', accountability: '/orders', contribution: '/contributions', temporary: '/works' } as const
export type FilledForm = keyof typeof FILLED

/** Whether an item stands in a form, as the service lays the forms out. */
const STANDS: Record<FilledForm, (one: Pick<Indicator, 'tool' | 'category'>) => boolean> = {
  review: (one) => one.tool === 'review' || one.tool === 'electronic',
  accountability: (one) => one.tool === 'accountability' && one.category !== 'additional',
  contribution: (one) => one.tool === 'contribution',
  temporary: (one) => one.tool === 'accountability' && one.category === 'additional',
}

/**
 * The periods of whose form one may want the sheet in a month, the shortest first: what is reviewed ends with the month, as on the page; of
 * the others each period that the month lies in, for orders and contributions come while it runs. Of those in which some item is declared.
 */
export function periodsOf(form: FilledForm, periods: readonly Period[], month: string, indicators: readonly Pick<Indicator, 'tool' | 'category' | 'frequency' | 'layers' | 'active'>[], layer: string): Period[] {
  const now = periods.find((one) => one.code === month)
  if (!now) return []
  const wanted = new Set(indicators.filter((one) => one.active && one.layers.includes(layer) && STANDS[form](one)).map((one) => one.frequency))
  const near = form === 'review' ? endingWith(periods, month) : periods.filter((one) => one.starts <= now.starts && now.ends <= one.ends)
  return near.filter((one) => wanted.has(one.frequency)).sort((one, two) => two.starts.localeCompare(one.starts) || one.ends.localeCompare(two.ends))
}
