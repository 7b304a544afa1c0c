import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { getJson } from '@/api/client'
import { useCycle } from './cycle'

export interface Quota { percent: number; ranked: number; places: number; nominated: number; struck: number; tied: number }
export interface Run { run: string; cycle: string; status: string; frozen_at: string; approved_at?: string | null; summary?: { score?: string; quota?: Record<string, Quota>; components?: Record<string, string> } }

/** The scoring runs of the year; what is published counts, what is live is only for reference. */
export const useRuns = defineStore('runs', () => {
  const all = ref<Run[]>([])
  const of = ref('')
  const published = computed(() => all.value.find((one) => one.status === 'published') ?? null)
  const latest = computed(() => published.value ?? all.value.find((one) => one.status === 'approved') ?? all.value[0] ?? null)

  async function load(): Promise<void> {
    const cycle = useCycle().code
    if (of.value === cycle) return
    all.value = cycle ? (await getJson<{ items: Run[] }>('runs', { cycle, limit: 50 })).items : []
    of.value = cycle
  }
  /** What was read before is not how it is any more. */
  const forget = (): void => { of.value = '' }
  return { all, published, latest, load, forget }
})
