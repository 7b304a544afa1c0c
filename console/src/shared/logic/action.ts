import { ref, type Ref } from 'vue'
import { newKey } from '@/api/ids'
import { type Problem, asProblem } from '@/api/problem'

export interface Action<A extends unknown[]> { busy: Ref<boolean>; problem: Ref<Problem | null>; run: (...args: A) => Promise<boolean> }

/**
 * A button's work: pressed again while it works it does nothing, and until it has succeeded it keeps its Idempotency-Key for the same
 * content, so that an answer lost on the way does not double what was done. `content` is what is sent beyond the arguments.
 */
export function useAction<A extends unknown[]>(work: (key: string, ...args: A) => Promise<unknown>, content: () => unknown = () => null): Action<A> {
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  let key = newKey()
  let sent = ''

  async function run(...args: A): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    const now = JSON.stringify([args, content()])
    if (now !== sent) key = newKey()
    sent = now
    try {
      await work(key, ...args)
      key = newKey()
      return true
    } catch (error) {
      problem.value = asProblem(error)
      if (problem.value.status === -1) console.error(error)
      if (!problem.value.passing) key = newKey()
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run }
}
