import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Schemas } from '@/api/client'
import { getJson, sendJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { door } from '@/api/sending'

export type Account = Schemas['AccountDocument']
export type AccountEvent = Schemas['AccountEvent']
interface Session { account: Account; csrf: string; expires_at?: string; idle_seconds?: number; news?: AccountEvent[] }
export interface DemoAccount { account: string; role: string; name: string; unit: string; bureau: string }

const HERE = 'kaohe here'
/** Where to go after a log-in at the organisation's own provider, which leads away from this page. */
export const TO = 'kaohe to'

/** Drafts kept on this machine go when their owner leaves: PCs are shared. */
export function forgetLocalDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('kaohe draft ')) localStorage.removeItem(key)
}

/** Who sits here. A log-in that ended is asked for over the page; only the same person goes on with it. */
export const useSession = defineStore('session', () => {
  const account = ref<Account | null>(null)
  const expiresAt = ref<string | null>(null)
  const idleSeconds = ref(0)
  const news = ref<AccountEvent[]>([]) // what happened to the account lately, by others or from new devices
  const demo = ref<DemoAccount[]>([])
  const provider = ref(false) // whether the organisation's own log-in is set up
  const over = ref(false) // the log-in lies over the page
  let waiting: { promise: Promise<boolean>; settle: (same: boolean) => void } | null = null

  const roles = computed(() => new Set<string>(account.value?.grants.map((grant) => grant.role) ?? []))
  const person = computed(() => account.value?.person ?? null)
  const has = (...wanted: string[]): boolean => wanted.some((role) => roles.value.has(role))
  /** The unit that one heads, if any. */
  const headed = computed(() => account.value?.grants.find((grant) => grant.role === 'unit_head')?.target ?? null)

  function take(session: Session): void {
    account.value = session.account
    door.csrf = session.csrf
    expiresAt.value = session.expires_at ?? null
    idleSeconds.value = session.idle_seconds ?? 0
    news.value = session.news ?? []
    localStorage.setItem(HERE, '1')
  }

  /** Asks only where somebody has logged in with this browser: a refusal would stand in its console as an error. */
  async function load(): Promise<boolean> {
    if (!localStorage.getItem(HERE)) return false
    try {
      take(await getJson<Session>('sessions/current'))
      return true
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return false
      throw error
    }
  }

  async function loadDemo(): Promise<void> {
    demo.value = await getJson<{ items: DemoAccount[] }>('demo/accounts').then((found) => found.items, () => [])
  }

  async function loadProvider(): Promise<void> {
    provider.value = await getJson<{ on: boolean }>('oidc').then((found) => found.on, () => false)
  }

  const coded = (code: string): { code?: string } => (code ? { code } : {})
  const logIn = async (name: string, password: string, code = ''): Promise<void> => took(await sendJson<Session>('POST', 'sessions', { account: name, password, ...coded(code) }))
  const logInVouched = async (code = ''): Promise<void> => took(await sendJson<Session>('POST', 'oidc/sessions', coded(code)))
  const enterDemo = async (name: string): Promise<void> => took(await sendJson<Session>('POST', 'demo/sessions', { account: name }))

  /** Another person than before gets nothing of what the page held: it is loaded anew. */
  function took(session: Session): void {
    const before = account.value?.account
    const other = before !== undefined && before !== session.account.account
    if (other) {
      forgetLocalDrafts()
      location.assign('/')
      return
    }
    take(session)
    over.value = false
    waiting?.settle(true)
    waiting = null
  }

  async function renew(): Promise<void> {
    take(await sendJson<Session>('POST', 'sessions/renew'))
  }

  async function logOut(): Promise<void> {
    await sendJson('DELETE', 'sessions/current').catch(() => undefined)
    localStorage.removeItem(HERE)
    forgetLocalDrafts()
    location.assign('/login')
  }

  /** Shows the log-in over the page and waits; all requests that meet the same end wait together. */
  function relogin(): Promise<boolean> {
    if (!account.value) return Promise.resolve(false)
    if (!waiting) {
      let settle: (same: boolean) => void = () => undefined
      const promise = new Promise<boolean>((done) => { settle = done })
      waiting = { promise, settle }
      over.value = true
    }
    return waiting.promise
  }
  door.relogin = relogin

  function giveUp(): void {
    waiting?.settle(false)
    waiting = null
    over.value = false
    location.assign('/login')
  }

  return { account, expiresAt, idleSeconds, news, demo, provider, over, roles, person, headed, has, load, loadDemo, loadProvider, logIn, logInVouched, enterDemo, renew, logOut, giveUp }
})
