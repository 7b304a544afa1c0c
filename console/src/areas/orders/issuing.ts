import { typed } from '@/shared/logic/numbers'
import type { Indicator } from '@/shared/state/names'

export interface NewOrder { indicator: string; period: string; title: string; standard: string; points: string; deadline: string; subjects: string[] }

/** What orders are issued for; `sections`: whose own items alone, null: everybody's, as panel and leaders may. */
export const orderable = (indicators: readonly Indicator[], sections: readonly string[] | null): Indicator[] =>
  indicators.filter((one) => one.active && one.tool === 'accountability' && one.rule !== 'veto' && (sections === null || sections.includes(one.assessor)))

/** The order as the API takes it. */
export const ordered = ({ points, ...rest }: NewOrder): object => ({ ...rest, title: rest.title.trim(), standard: rest.standard.trim(), ...(points.trim() ? { points: typed(points) } : {}) })
