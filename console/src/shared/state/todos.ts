import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { getJson } from '@/api/client'
import { useCycle } from './cycle'

export interface ToDoItem {
  subject?: string; period?: string; left?: number; due_on: string | null; declaration?: string; order?: string; contribution?: string
  campaign?: string; indicator?: string; title?: string; status?: string; [more: string]: unknown
}
export interface ToDoList { count: number; overdue: number; next_due: string | null; items: ToDoItem[] }
interface ToDos { cycle: string | null; lists: Record<string, ToDoList> }

/** What waits for the one who sits here; menu, home and pages show the same numbers. */
export const useToDos = defineStore('todos', () => {
  const lists = ref<Record<string, ToDoList>>({})
  const loaded = ref(false)
  const count = (...names: string[]): number => names.reduce((sum, name) => sum + (lists.value[name]?.count ?? 0), 0)
  const overdue = (...names: string[]): number => names.reduce((sum, name) => sum + (lists.value[name]?.overdue ?? 0), 0)
  const total = computed(() => Object.values(lists.value).reduce((sum, one) => sum + one.count, 0))

  /** In a year that is still prepared, or was thrown away, nothing waits for anybody. */
  const idle = (code?: string): boolean => ['draft', 'discarded'].includes(useCycle().all.find((one) => one.cycle === code)?.status ?? '')

  async function load(cycle?: string): Promise<void> {
    lists.value = idle(cycle) ? {} : (await getJson<ToDos>('to-dos', { cycle })).lists
    loaded.value = true
  }
  return { lists, loaded, total, count, overdue, load }
})
