export interface Step { step: string; by: string; by_name: string; for_name: string | null; at: string; reason: string }
export interface Version { revision: number; command: string; reason: string }

/** Who did what, in its order; why something was taken back stands with the version that this ended. */
export function reasoned(steps: readonly Step[], history: readonly Version[]): Step[] {
  const left = [...history].sort((one, two) => one.revision - two.revision)
  return steps.map((step) => {
    const at = left.findIndex((one) => one.command === step.step)
    const [version] = at < 0 ? [] : left.splice(at, 1)
    return step.reason || !version ? step : { ...step, reason: version.reason }
  })
}
