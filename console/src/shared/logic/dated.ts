interface Dated { default: number; dated: readonly { starts: string; value: number }[] }

/** What a rule says on a day: what was set last before it, else what holds where nobody set it. */
export function heldOn(rule: Dated, day: string): number {
  return [...rule.dated].filter((one) => one.starts <= day).sort((one, two) => two.starts.localeCompare(one.starts))[0]?.value ?? rule.default
}
