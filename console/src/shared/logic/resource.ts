import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { type Problem, asProblem } from '@/api/problem'

export interface Resource<T> {
  data: ShallowRef<T | null>; problem: Ref<Problem | null>; loading: Ref<boolean>; load: () => Promise<void>
}

/**
 * Something read from the API: what was there stays until the new is there, an answer that comes late is dropped, an error never looks
 * like an empty list.
 */
export function useResource<T>(read: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const data = shallowRef<T | null>(null)
  const problem = ref<Problem | null>(null)
  const loading = ref(false)
  let running: AbortController | null = null

  async function load(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const found = await read(mine.signal)
      if (mine.signal.aborted) return
      data.value = found
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      problem.value = asProblem(error)
      if (problem.value.status === -1) console.error(error)
    }
    loading.value = false
  }
  onScopeDispose(() => running?.abort())
  return { data, problem, loading, load }
}
