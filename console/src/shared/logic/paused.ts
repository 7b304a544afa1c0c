import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** What somebody types, once they pause. */
export function paused<T>(typed: Readonly<Ref<T>>, after = 300): Readonly<ShallowRef<T>> {
  const told = shallowRef(typed.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (now) => { clearTimeout(timer); timer = setTimeout(() => { told.value = now }, after) })
  onScopeDispose(() => clearTimeout(timer))
  return told
}
