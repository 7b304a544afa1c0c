import { told } from './told'
import { type Fault, asProblem } from '@/api/problem'

export interface Refused<T> { entry: T; text: string; code: string }
export interface Account<T> { done: T[]; refused: Refused<T>[] }

const LARGEST = 500

/** The first fault of each entry: by `row`, or by the place that its field names. */
export function byRow(errors: readonly Fault[]): Map<number, Fault> {
  const found = new Map<number, Fault>()
  for (const fault of errors) {
    const named = /(?:^|[./])(?:entries|declarations)[./](\d+)/.exec(fault.field ?? '')?.[1]
    const index = fault.row ?? (named === undefined ? undefined : Number(named))
    if (index !== undefined && !found.has(index)) found.set(index, fault)
  }
  return found
}

/**
 * Sends a list that the API takes all or not at all. What is refused is left out and named with its reason, the others go without it:
 * one stale entry stops nobody. Long lists go in parts; `told` hears how far it is.
 */
export async function sendAllBut<T>(
  entries: readonly T[], key: string, post: (part: readonly T[], key: string) => Promise<unknown>, told: (done: number) => void = () => undefined,
): Promise<Account<T>> {
  const account: Account<T> = { done: [], refused: [] }
  for (let start = 0; start < entries.length; start += LARGEST) {
    await sendPart(entries.slice(start, start + LARGEST), `${key}-${start}`, post, account)
    told(account.done.length + account.refused.length)
  }
  return account
}

async function sendPart<T>(part: readonly T[], key: string, post: (part: readonly T[], key: string) => Promise<unknown>, account: Account<T>): Promise<void> {
  let left = [...part]
  for (let turn = 0; left.length; turn += 1) {
    try {
      await post(left, `${key}-${turn}`)
      account.done.push(...left)
      return
    } catch (error) {
      const refusal = asProblem(error)
      const faults = byRow(refusal.errors)
      if (!refusal.refused || refusal.code.startsWith('idempotency.') || (!faults.size && left.length > 1) || turn > LARGEST) throw refusal
      if (!faults.size) faults.set(0, refusal)
      for (const [index, fault] of faults) {
        const entry = left[index]
        if (entry !== undefined) account.refused.push({ entry, text: told(fault) || told(refusal), code: fault.code ?? refusal.code })
      }
      left = left.filter((_, index) => !faults.has(index))
    }
  }
}
