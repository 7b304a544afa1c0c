import { type Ref, type ShallowRef, onScopeDispose, shallowRef, watch } from 'vue'
import { type Page, everything, getJson } from '@/api/client'
import type { Person } from '@/shared/state/names'

const PAUSE = 200 // ms; who types on has not asked yet

/**
 * Whom the service finds for what is being typed, by a part of the name and by how it is spelled, whole or by initials (`dy`): the first
 * `most` of them, or all. Nobody where it is nothing to ask the service about; an answer to what was typed before is dropped.
 */
export function usePersonsFound(text: Ref<string>, asks: (q: string) => boolean, most?: number): ShallowRef<Person[]> {
  const found = shallowRef<Person[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined

  async function find(q: string): Promise<void> {
    const { signal } = (asking = new AbortController())
    const page = (limit: number, after?: string): Promise<Page<Person>> => getJson('persons', { q, limit, after }, signal)
    const all = await (most ? page(most).then((first) => first.items) : everything((after) => page(500, after))).catch(() => [])
    if (!signal.aborted) found.value = all
  }
  function rest(): void {
    clearTimeout(timer)
    asking?.abort()
  }
  watch(() => text.value.trim(), (q) => {
    rest()
    if (asks(q)) timer = setTimeout(() => void find(q), PAUSE)
    else found.value = []
  })
  onScopeDispose(rest)
  return found
}
