import { compared, isQuantity, typed } from '@/shared/logic/numbers'

/** Whom the API means by the bureau as a whole. */
export const BUREAU = '*'
export interface Limit { indicator: string; subject: string; floor: string; ceiling: string; reason: string }
const given = (value: string): string | null => (value.trim() ? typed(value) : null)

/** Whether the API could take it: quantities, the floor below the ceiling, and the reason; neither of both lifts the limit. */
export function limitsReady({ indicator, subject, floor, ceiling, reason }: Limit): boolean {
  const [low, high] = [given(floor), given(ceiling)]
  if (!indicator || !subject || !reason.trim() || [low, high].some((one) => one !== null && !isQuantity(one))) return false
  return low === null || high === null || compared(low, high) <= 0
}
export const limited = ({ floor, ceiling, reason, ...rest }: Limit): object => ({ ...rest, floor: given(floor), ceiling: given(ceiling), reason: reason.trim() })
