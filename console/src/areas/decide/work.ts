import { type Ref, computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { type Page, everything, getJson, sendJson } from '@/api/client'
import { newKey } from '@/api/ids'
import { type Problem, asProblem } from '@/api/problem'
import { type Account, sendAllBut } from '@/shared/logic/batch'
import { useCycle } from '@/shared/state/cycle'
import { useToDos } from '@/shared/state/todos'
import { type Detail, type Item, type Show, type Step, queryOf } from './items'

export interface Decision { item: Item; counts?: Record<string, string>; reason?: string }
/** Seconds in which Z takes a decision back: until then it has not left the page, and is shown as such. */
export const GRACE = 3000
const AT_ONCE = 40

export function useWork(step: () => Step, show: () => Show, period: () => string) {
  const cycle = useCycle()
  const toDos = useToDos()
  const items = shallowRef<Item[]>([])
  const loading = ref(false)
  const loaded = ref(false)
  const problem = ref<Problem | null>(null)
  const waiting = ref<Decision[]>([])
  const sending = ref(0)
  const done = ref(0)
  const returned = ref(0)
  const taken = ref(0)
  const refused = ref<{ item: Item; text: string }[]>([])
  const failed = ref<Problem | null>(null)
  const pending = computed(() => new Set(waiting.value.map((one) => one.item.declaration)))
  let timer: ReturnType<typeof setTimeout> | undefined

  const fits = (item: Item): boolean => show() !== 'mine' || !!item.may?.includes('take_back')
  /** The list as it is now; null where another one is wanted by then. `begun` hears of the first part of a long one. */
  async function read(begun: (first: Item[]) => void = () => undefined): Promise<Item[] | null> {
    const query = queryOf(step(), show(), period())
    const wanted = (): boolean => JSON.stringify(query) === JSON.stringify(queryOf(step(), show(), period()))
    const found = await everything(async (after) => {
      const page = await getJson<Page<Item>>('declarations', { cycle: cycle.code, ...query, limit: 500, after })
      if (!after && page.next && wanted()) begun(page.items.filter(fits))
      return page
    })
    return wanted() ? found.filter(fits) : null
  }

  let left = new Set<string>() // what has left the list since it was asked for
  let acted = 0 // how often something was decided or read: what was asked before is not how it is any more
  /** What others did meanwhile comes in, never over what is being decided. Tells what is gone and what came. */
  async function refresh(): Promise<{ gone: Item[]; come: number } | null> {
    const since = acted
    const busy = (): boolean => loading.value || waiting.value.length > 0 || sending.value > 0 || since !== acted
    if (busy() || !loaded.value) return null
    const found = await read()
    if (!found || busy()) return null
    const now = new Map(found.map((one) => [one.declaration, one]))
    const before = new Set(items.value.map((one) => one.declaration))
    for (const one of items.value) if (now.get(one.declaration)?.revision !== one.revision) details.delete(one.declaration)
    const gone = items.value.filter((one) => !now.has(one.declaration))
    items.value = found
    return { gone, come: found.filter((one) => !before.has(one.declaration)).length }
  }

  let loads = 0
  async function load(): Promise<void> {
    const mine = (loads += 1)
    loading.value = true
    acted += 1
    left = new Set()
    const take = (found: Item[]): void => {
      items.value = found.filter((one) => !left.has(one.declaration))
      problem.value = null
      loaded.value = true
    }
    try {
      const found = await read((first) => { if (mine === loads && first.length) take(first) })
      if (found && mine === loads) take(found)
    } catch (error) {
      if (mine === loads) problem.value = asProblem(error)
    } finally {
      if (mine === loads) loading.value = false
    }
  }

  const details = new Map<string, Promise<Detail>>()
  /** The item whole; asked ahead for the next one, so that it is there when the eye is. */
  function detail(id: string): Promise<Detail> {
    let reading = details.get(id)
    if (!reading) {
      reading = getJson<Detail>(`declarations/${id}`, { cycle: cycle.code })
      reading.catch(() => details.delete(id))
      if (details.size > 200) details.clear()
      details.set(id, reading)
    }
    return reading
  }

  function pass(decisions: readonly Decision[]): void {
    const known = pending.value
    waiting.value = [...waiting.value, ...decisions.filter((one) => !known.has(one.item.declaration))]
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), waiting.value.length >= AT_ONCE ? 0 : GRACE)
  }

  /** Takes back what has not left the page yet. */
  function takeBack(): Item | null {
    const last = waiting.value[waiting.value.length - 1]
    waiting.value = waiting.value.slice(0, -1)
    if (!waiting.value.length) clearTimeout(timer)
    return last?.item ?? null
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    const batch = waiting.value
    if (!batch.length) return
    waiting.value = []
    sending.value += batch.length
    await settle(batch, (part, key) => sendJson('POST', `declarations/${step()}`, { cycle: cycle.code, declarations: part.map(entry) }, { 'Idempotency-Key': key }), done)
    sending.value -= batch.length
  }

  /** Sends and accounts for it: what is done leaves the list, what is refused stays with its reason, what never arrived comes back. */
  async function settle(batch: readonly Decision[], post: (part: readonly Decision[], key: string) => Promise<unknown>, count: Ref<number>): Promise<Account<Decision> | null> {
    acted += 1
    try {
      const account = await sendAllBut(batch, newKey(), post)
      const gone = new Set(account.done.map((one) => one.item.declaration))
      items.value = items.value.filter((item) => !gone.has(item.declaration))
      for (const one of gone) left.add(one)
      count.value += account.done.length
      refused.value = [...account.refused.map((one) => ({ item: one.entry.item, text: one.text })), ...refused.value.filter((one) => !gone.has(one.item.declaration))].slice(0, 50)
      failed.value = null
      void toDos.load(cycle.code)
      return account
    } catch (error) {
      failed.value = asProblem(error)
      return null
    }
  }

  const returnItems = (chosen: readonly Item[], reason: string): Promise<Account<Decision> | null> =>
    settle(chosen.map((item) => ({ item })), (part, key) => sendJson('POST', 'declarations/return', { cycle: cycle.code, reason, declarations: part.map(entry) }, { 'Idempotency-Key': key }), returned)

  const takeBackItems = (chosen: readonly Item[], reason: string): Promise<Account<Decision> | null> =>
    settle(chosen.map((item) => ({ item })), (part, key) => sendJson('POST', 'declarations/take-back', { cycle: cycle.code, reason, declarations: part.map(entry) }, { 'Idempotency-Key': key }), taken)

  const leave = (): void => void flush()
  window.addEventListener('pagehide', leave)
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', leave)
    leave()
  })
  return { items: items as Ref<Item[]>, loading, loaded, problem, waiting, pending, sending, done, returned, taken, refused, failed, load, refresh, detail, pass, takeBack, flush, returnItems, takeBackItems }
}

function entry(one: Decision): Record<string, unknown> {
  const head = { declaration: one.item.declaration, revision: one.item.revision }
  return one.counts ? { ...head, counts: one.counts, reason: one.reason } : head
}
