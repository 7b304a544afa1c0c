import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { getJson, sendJson } from '@/api/client'
import { useSession } from './session'

export interface Preferences {
  language?: 'zh' | 'en'; theme?: 'system' | 'light' | 'dark'; density?: 'dense' | 'normal' | 'roomy'; start?: string; single_keys?: boolean; tour_seen?: boolean
  pages?: Record<string, unknown>
}

/** How pages look to one person: kept by the server, so that it is the same on every PC. */
export const usePreferences = defineStore('preferences', () => {
  const chosen = ref<Preferences>({})
  const system = window.matchMedia?.('(prefers-color-scheme: dark)')

  function apply(): void {
    const theme = chosen.value.theme ?? 'system'
    const dark = theme === 'dark' || (theme === 'system' && !!system?.matches)
    document.documentElement.classList.toggle('dark', dark)
    document.documentElement.dataset['density'] = chosen.value.density ?? 'normal'
  }

  system?.addEventListener?.('change', apply)
  watch(chosen, apply, { deep: true })
  apply()

  /** Nothing is asked for that is refused before the initial password has been changed. */
  async function load(): Promise<void> {
    if (useSession().account?.must_change) return
    chosen.value = await getJson<Preferences>('preferences').catch(() => ({}))
  }

  async function change(changes: Partial<Preferences>): Promise<void> {
    chosen.value = { ...chosen.value, ...changes }
    await sendJson('PUT', 'preferences', chosen.value)
  }

  const page = <T>(name: string, otherwise: T): T => (chosen.value.pages?.[name] as T | undefined) ?? otherwise
  const keepPage = (name: string, value: unknown): Promise<void> => change({ pages: { ...chosen.value.pages, [name]: value } })

  return { chosen, load, change, page, keepPage }
})
