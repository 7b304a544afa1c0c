import { ref, type Ref } from 'vue'
import { newKey } from '@/api/ids'
import { Problem, asProblem } from '@/api/problem'

export interface Action<A extends unknown[]> { busy: Ref<boolean>; problem: Ref<Problem | null>; run: (...args: A) => Promise<boolean> }

/** An answer lost on the way was a success: what has been typed since was not taken, and whoever reads this decides whether it is another. */
const told = (problem: Problem): Problem => (problem.code !== 'idempotency.other' ? problem : new Problem(
  problem.status, problem.code, '上一次提交其实已经收到，这次改动后的内容没有提交。请先核对已有的；确需另行提交，请再按一次',
  'what was sent before has arrived, what was changed since has not: look at what is there, and press once more if this is another', [], problem.requestId,
))

/**
 * A button's work: pressed again while it works it does nothing, and until it has succeeded or was refused it keeps its Idempotency-Key,
 * whatever is typed meanwhile, so that an answer lost on the way does not double what was done. Each thing it is done to, told by the
 * arguments and by `which`, has its own.
 */
export function useAction<A extends unknown[]>(work: (key: string, ...args: A) => Promise<unknown>, which: () => unknown = () => null): Action<A> {
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  const keys = new Map<string, string>()

  async function run(...args: A): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    const what = JSON.stringify([args, which()])
    const key = keys.get(what) ?? newKey()
    keys.set(what, key)
    try {
      await work(key, ...args)
      keys.delete(what)
      return true
    } catch (error) {
      problem.value = told(asProblem(error))
      if (problem.value.status === -1) console.error(error)
      if (problem.value.refused) keys.delete(what)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run }
}
