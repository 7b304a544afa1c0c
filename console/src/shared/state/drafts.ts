import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { getJson, sendJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { clock } from '@/shared/logic/dates'
import { useSession } from './session'

export type SaveState = 'none' | 'waiting' | 'saved' | 'failed'
/** `aside`: when the draft was changed that could not be read while another was typed; both are kept, `swap` takes that one instead. */
export interface Draft<T> { state: Ref<SaveState>; savedAt: Ref<string>; aside: Ref<string>; restore: () => Promise<T | null>; drop: () => Promise<void>; flush: () => Promise<void>; swap: () => Promise<void>; forget: () => Promise<void> }

const PAUSE = 800
const localKey = (account: string, key: string): string => `kaohe draft ${account} ${key}`

interface Kept<T> { body: T; changed_at: string }
const pathOf = (key: string): string => `drafts/${encodeURIComponent(key)}`
const beforeOf = (key: string): string => `${key}:before`

/** The drafts of this name and of what was put aside for it: the list is asked first, since a missing one would stand in the console as an error. */
async function known<T>(key: string): Promise<{ draft: Kept<T> | null; aside: string }> {
  const { items } = await getJson<{ items: { key: string; changed_at?: string }[] }>('drafts')
  const at = items.find((one) => one.key === beforeOf(key))?.changed_at
  return { draft: items.some((one) => one.key === key) ? await getJson(pathOf(key)) : null, aside: at ? clock(new Date(at)) : '' }
}

/** Codes, days and numbers; what people write is none of it. */
const isCode = (value: string): boolean => /^[!-~]*$/.test(value)
/**
 * What was typed while the draft of before was under way, laid beside it: a text stands after the one that was kept, of anything else what
 * was changed counts. `untouched` is how the form began.
 */
export function beside<T extends object>(kept: T, typed: T, untouched: T): T {
  const together = { ...kept } as Record<string, unknown>
  const before = untouched as Record<string, unknown>
  for (const [name, now] of Object.entries(typed)) {
    if (JSON.stringify(now) === JSON.stringify(before[name])) continue
    const old = together[name]
    const texts = typeof old === 'string' && typeof now === 'string' && !isCode(old)
    together[name] = !texts ? now : old.includes(now) ? old : `${old} ${now}`
  }
  return together as T
}

/**
 * Keeps what is being typed: at once in this browser, some 800 ms later on the server. `snapshot` gives null where there is nothing
 * to keep; what is confidential is kept nowhere, and what was kept before it became so goes. Nothing is written over a draft that is
 * still to come: whoever restores it lays what was typed meanwhile `beside`.
 */
export function useDraft<T extends object>(key: () => string, snapshot: () => T | null, confidential: () => boolean = () => false): Draft<T> {
  const state = ref<SaveState>('none')
  const savedAt = ref('')
  const session = useSession()
  let timer: ReturnType<typeof setTimeout> | undefined
  let armed = false
  const local = (): string => localKey(session.account?.account ?? '', key())

  const aside = ref('')
  let unread = false // what was kept before could not be asked for: it is not written over, but put aside
  let dropped = 0
  let before: Promise<unknown> = Promise.resolve()
  /** One after another: a copy that is still under way would come after its own end. */
  function inTurn(work: () => Promise<unknown>): Promise<unknown> {
    const mine = before.then(work)
    before = mine.catch(() => undefined)
    return mine
  }

  /** What could not be read when the page began is kept beside what is typed since. */
  async function putAside(name: string, body: T): Promise<void> {
    const { draft } = await known<T>(name)
    unread = false
    if (!draft || JSON.stringify(draft.body) === JSON.stringify(body)) return
    await sendJson('PUT', pathOf(beforeOf(name)), { body: draft.body })
    aside.value = clock(new Date(draft.changed_at))
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    const body = snapshot()
    if (!body || confidential()) return
    const [name, named, since] = [local(), key(), dropped]
    try {
      await inTurn(async () => {
        if (unread) await putAside(named, body)
        if (since === dropped) await sendJson('PUT', pathOf(named), { body })
      })
      if (since !== dropped) return
      localStorage.removeItem(name)
      savedAt.value = clock(new Date())
      state.value = 'saved'
    } catch {
      if (since !== dropped) return
      state.value = 'failed'
      timer = setTimeout(() => void save(), 5000)
    }
  }

  let early = false // something was typed before the draft of before had come
  function changed(body: T | null): void {
    clearTimeout(timer)
    if (!body || confidential()) return
    localStorage.setItem(local(), JSON.stringify({ at: new Date().toISOString(), body }))
    state.value = 'waiting'
    timer = setTimeout(() => void save(), PAUSE)
  }
  watch(snapshot, (body) => {
    if (armed) changed(body)
    else early = body !== null
  }, { deep: true })
  watch(confidential, (now) => { if (now && armed) void drop() })

  async function restore(): Promise<T | null> {
    armed = false
    const kept = localStorage.getItem(local())
    const mine = kept ? (JSON.parse(kept) as { at: string; body: T }) : null
    let theirs: Kept<T> | null = null
    aside.value = ''
    try {
      const found = await known<T>(key())
      theirs = found.draft
      aside.value = found.aside
      unread = false
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      unread = true
    }
    armed = true
    if (confidential()) return null
    const newer = !!mine && (!theirs || mine.at > theirs.changed_at)
    if (theirs && !newer) {
      savedAt.value = clock(new Date(theirs.changed_at))
      state.value = 'saved'
    }
    const found = (newer ? mine?.body : theirs?.body) ?? null
    const since = dropped
    if (early && !found) changed(snapshot())
    else if (early) setTimeout(() => { if (since === dropped) changed(snapshot()) }) // once it stands beside what was found
    early = false
    return found
  }

  async function drop(): Promise<void> {
    clearTimeout(timer)
    dropped += 1
    localStorage.removeItem(local())
    state.value = 'none'
    const path = pathOf(key())
    await inTurn(() => sendJson('DELETE', path)).catch(() => undefined)
  }

  /** The one that was put aside becomes the draft, and what is typed now is put aside; the page begins anew with it. */
  async function swap(): Promise<void> {
    clearTimeout(timer)
    const [named, body] = [key(), confidential() ? null : snapshot()]
    await inTurn(async () => {
      const before = await getJson<Kept<T>>(pathOf(beforeOf(named)))
      if (body) await sendJson('PUT', pathOf(beforeOf(named)), { body })
      else await sendJson('DELETE', pathOf(beforeOf(named)))
      await sendJson('PUT', pathOf(named), { body: before.body })
    })
    localStorage.removeItem(local())
    state.value = 'none'
    location.reload()
  }

  async function forget(): Promise<void> {
    await sendJson('DELETE', pathOf(beforeOf(key())))
    aside.value = ''
  }

  onBeforeUnmount(() => { if (state.value === 'waiting') void save() })
  return { state, savedAt, aside, restore, drop, flush: save, swap, forget }
}

export interface DraftForm<T extends object> { form: Ref<T>; draft: Draft<T>; done: () => Promise<void> }

/** The form of a dialog: each time it opens it stands where it was left, or `begin` says how; once sent it is forgotten. */
export function useDraftForm<T extends object>(key: () => string, open: () => boolean, empty: () => T, filled: (form: T) => unknown, begin = (kept: T | null): T => ({ ...empty(), ...kept })): DraftForm<T> {
  const form = ref(empty()) as Ref<T>
  const draft = useDraft<T>(key, () => (filled(form.value) ? { ...form.value } : null))
  watch(open, async (now) => {
    if (!now) return
    form.value = begin(null)
    const untouched = begin(null)
    const kept = await draft.restore()
    if (kept && open()) form.value = beside(begin(kept), form.value, untouched)
  }, { immediate: true })
  async function done(): Promise<void> {
    await draft.drop()
    form.value = empty()
  }
  return { form, draft, done }
}
