import { type Ref, ref, watch } from 'vue'
import { useSession } from '@/shared/state/session'

/** Who keeps what the centre knows, as the API decides it: the centre and the heads of units. */
export function useKeeping(): { keeps: () => boolean; centre: () => boolean; watches: () => boolean } {
  const session = useSession()
  return {
    keeps: () => session.has('complaints_centre', 'unit_head'),
    centre: () => session.has('complaints_centre'),
    watches: () => session.has('complaints_centre', 'office', 'panel', 'leader', 'auditor', 'hr'),
  }
}

/** Lines of a field of many lines, without those that say nothing. */
export const lines = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one)

/** What somebody types, once they pause. */
export function paused(text: Ref<string>, after = 300): Ref<string> {
  const told = ref(text.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, (now) => { clearTimeout(timer); timer = setTimeout(() => { told.value = now }, after) })
  return told
}
