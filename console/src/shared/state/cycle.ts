import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { type Page, everything, getJson } from '@/api/client'
import { type Period, currentMonth, today } from '@/shared/logic/dates'

export interface Cycle {
  cycle: string; starts: string; ends: string; status: string; revision: number; periods: Period[]; quota_percent?: number; tie_chain?: string[]
  permits?: string[]; library_revision?: number | null; model_revision?: number | null
}

/** The appraisal years of the bureau and the one that all pages show. */
export const useCycle = defineStore('cycle', () => {
  const all = ref<Cycle[]>([])
  const chosen = ref('')
  const loaded = ref(false)

  const current = computed(() => all.value.find((one) => one.cycle === chosen.value) ?? null)
  const code = computed(() => current.value?.cycle ?? '')
  const open = computed(() => current.value?.status === 'open')
  const periods = computed(() => current.value?.periods ?? [])
  const month = computed(() => currentMonth(periods.value))

  async function load(wanted?: string): Promise<void> {
    all.value = await everything((after) => getJson<Page<Cycle>>('cycles', { limit: 100, after }))
    const now = today()
    const newest = [...all.value].sort((one, two) => two.cycle.localeCompare(one.cycle))
    const pick = newest.find((one) => one.cycle === wanted) ?? newest.find((one) => one.status === 'open' && one.starts <= now) ?? newest.find((one) => one.status === 'open') ?? newest.find((one) => !['draft', 'discarded'].includes(one.status)) ?? newest[0]
    chosen.value = pick?.cycle ?? ''
    loaded.value = true
  }

  return { all, chosen, loaded, current, code, open, periods, month, load }
})
