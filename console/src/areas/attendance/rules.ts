import type { Schemas } from '@/api/client'

/** What a rule says on a day: what was set last before it, else what holds where nobody set it. */
export function heldOn(rule: Pick<Schemas['RuleOfAttendance'], 'default' | 'dated'>, day: string): number {
  const held = rule.dated.filter((one) => one.starts <= day).sort((one, two) => two.starts.localeCompare(one.starts))[0]
  return held?.value ?? rule.default
}
