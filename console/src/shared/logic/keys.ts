import { onBeforeUnmount, onMounted } from 'vue'
import { usePreferences } from '@/shared/state/preferences'

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !target.matches('input[type=checkbox], input[type=radio]')

/** Single keys of a page: off inside fields, in dialogs, with Ctrl or Alt, and where the person has switched them off. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const preferences = usePreferences()
  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isField(event.target)) return
    if (preferences.chosen.single_keys === false || document.querySelector('dialog[open]')) return
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act(event)
  }
  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
}
