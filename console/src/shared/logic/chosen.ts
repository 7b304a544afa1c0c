import { type Ref, computed, shallowRef, watch } from 'vue'

export interface Chosen<T> { has: (key: string) => boolean; count: Ref<number>; list: () => T[]; toggle: (key: string) => void; all: () => void; none: () => void; keep: (still: (key: string) => boolean) => void }

/**
 * What is chosen of a list that is sorted out: some by name, or all that is shown but some. All costs the same for three and for 100,000.
 * When something else is shown, what was chosen stays chosen, and nothing that comes is chosen by itself.
 */
export function useChosen<T>(shown: () => readonly T[], keyOf: (item: T) => string): Chosen<T> {
  const whole = shallowRef<readonly T[] | null>(null)
  const named = shallowRef<ReadonlySet<string>>(new Set()) // with a whole list: what is not chosen of it
  const has = (key: string): boolean => (whole.value ? !named.value.has(key) : named.value.has(key))
  const list = (): T[] => (whole.value || named.value.size ? shown().filter((item) => has(keyOf(item))) : [])
  const count = computed(() => (whole.value ? whole.value.length - named.value.size : list().length))
  function choose(keys: ReadonlySet<string>, of: readonly T[] | null = null): void {
    whole.value = of
    named.value = keys
  }
  watch(shown, () => { if (whole.value) choose(new Set(whole.value.map(keyOf).filter(has))) }, { flush: 'sync' })
  return {
    has, count, list,
    toggle: (key) => {
      const next = new Set(named.value)
      if (!next.delete(key)) next.add(key)
      choose(next, whole.value)
    },
    all: () => choose(new Set(), shown()),
    none: () => choose(new Set()),
    keep: (still) => { if (!whole.value) choose(new Set([...named.value].filter(still))) },
  }
}
