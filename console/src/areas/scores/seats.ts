import { points } from '@/shared/logic/numbers'

/** By how much the final may fall (−), or has to rise (+), until the seat changes hands, out of the margin that the API tells. */
export const flip = (margin: string | null | undefined): string => (!margin ? '—' : `${margin.startsWith('-') ? '+' : '−'}${points(margin.replace(/^[+-]/, ''))}`)
