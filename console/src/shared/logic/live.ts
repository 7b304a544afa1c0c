import { onScopeDispose } from 'vue'
import { getJson } from '@/api/client'

/**
 * What changed, as the server hints at it: one stream while the page is seen, else asking. A hint never holds what changed, so whoever
 * listens reads again what it shows, and nothing of what is being typed.
 */
interface Changes { families: string[]; next: number }
type Act = (families: ReadonlySet<string>) => void

const GATHER = 700 // ms; a batch of changes is one reading, and not everybody's at the same moment
const ASK_EVERY = 30_000
const STREAM_AGAIN = 300_000
const listeners = new Set<Act>()
const heard = new Set<string>()
let source: EventSource | null = null
let place: number | null = null
let failures = 0
let asking: ReturnType<typeof setInterval> | undefined
let telling: ReturnType<typeof setTimeout> | undefined
let again: ReturnType<typeof setTimeout> | undefined

function hear(families: readonly string[]): void {
  for (const one of families) heard.add(one)
  if (!heard.size || telling !== undefined) return
  telling = setTimeout(() => {
    const told = new Set(heard)
    heard.clear()
    telling = undefined
    for (const act of [...listeners]) act(told)
  }, GATHER + Math.random() * GATHER)
}

async function ask(): Promise<void> {
  if (document.hidden) return
  try {
    const told = await getJson<Changes>('changes', { after: place })
    place = told.next
    hear(told.families)
  } catch { /* the page that reads something says what is wrong; the next round asks again */ }
}

function stream(): void {
  source?.close()
  source = new EventSource(`/api/v1/live${place === null ? '' : `?after=${place}`}`)
  source.addEventListener('changed', (event: MessageEvent<string>) => {
    failures = 0
    place = Number(event.lastEventId)
    hear((JSON.parse(event.data) as Changes).families)
  })
  source.addEventListener('ended', () => { // the session is over: whoever acts next is told so, and nothing typed is covered before
    rest()
    again = setTimeout(look, STREAM_AGAIN)
  })
  source.addEventListener('replaced', poll) // by newer pages of the same account
  source.onerror = () => {
    failures += 1
    if (failures >= 2 || source?.readyState === EventSource.CLOSED) poll()
  }
}

function poll(): void {
  rest()
  void ask()
  asking = setInterval(() => { void ask() }, ASK_EVERY)
  again = setTimeout(look, STREAM_AGAIN)
}

function rest(): void {
  source?.close()
  source = null
  clearInterval(asking)
  clearTimeout(again)
}

/** Of many tabs only those that are seen hold a stream: a browser has few connections to a server. */
function look(): void {
  rest()
  failures = 0
  if (listeners.size && !document.hidden) stream()
}

/** Act on changes of `families`, or of any where none is named, for as long as the component lives; at most once in `every` ms. */
export function onChange(families: readonly string[], act: () => void, every = 0): void {
  let last = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  const mine: Act = (told) => {
    if (waiting !== undefined || (families.length && !families.some((one) => told.has(one)))) return
    waiting = setTimeout(() => {
      waiting = undefined
      last = Date.now()
      act()
    }, Math.max(0, last + every - Date.now()))
  }
  listeners.add(mine)
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', look)
    look()
  }
  onScopeDispose(() => {
    clearTimeout(waiting)
    listeners.delete(mine)
    if (listeners.size) return
    document.removeEventListener('visibilitychange', look)
    rest()
  })
}

/** Act again every `ms`, for as long as the component lives; not while nobody sees the page. */
export function whileSeen(ms: number, act: () => void): void {
  const timer = setInterval(() => { if (!document.hidden) act() }, ms)
  onScopeDispose(() => clearInterval(timer))
}
