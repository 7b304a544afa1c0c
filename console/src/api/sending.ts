import { newKey } from './ids'
import { Problem, problemOf, unreachable } from './problem'

/**
 * How every request leaves: with the CSRF token of the moment, with an Idempotency-Key where it creates, again where that is safe.
 * A session that has ended is asked for over the page, and the same request goes out once more if the person is the same.
 */
export interface Door { csrf: string; relogin: (() => Promise<boolean>) | null }

export const door: Door = { csrf: '', relogin: null }

const READ_WAITS = [300, 1000, 3000]
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
const isRead = (request: Request): boolean => request.method === 'GET' || request.method === 'HEAD'

interface Early { at: number; answers: Record<string, Promise<Response | undefined>> }
const FRESH = 15_000
/** What public/gate.js asked for before the scripts had come: each is taken once, and not when it has grown old. */
async function asked(request: Request): Promise<Response | undefined> {
  const early = (globalThis as { kaoheEarly?: Early }).kaoheEarly
  const url = new URL(request.url)
  const place = url.pathname + url.search
  const answer = early?.answers[place]
  if (!early || !answer || !isRead(request) || Date.now() - early.at > FRESH) return undefined
  Reflect.deleteProperty(early.answers, place)
  return answer
}

async function once(request: Request): Promise<Response> {
  const before = await asked(request)
  if (before) {
    door.csrf = before.headers.get('X-CSRF-Token') ?? door.csrf
    return before
  }
  const sent = new Request(request.clone(), { credentials: 'same-origin' })
  if (!isRead(request)) sent.headers.set('X-CSRF-Token', door.csrf)
  try {
    const response = await fetch(sent)
    door.csrf = response.headers.get('X-CSRF-Token') ?? door.csrf // a session that goes on under another secret brings its own
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

/** A read is tried again by itself; so is a write with a key, since the key makes it count once. */
async function patiently(request: Request): Promise<Response> {
  const waits = isRead(request) ? READ_WAITS : request.headers.has('Idempotency-Key') ? READ_WAITS.slice(1) : []
  for (const pause of waits) {
    try {
      const response = await once(request)
      if (response.status < 502) return response
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
    await wait(pause)
  }
  return once(request)
}

export async function send(request: Request): Promise<Response> {
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
  let response = await patiently(request)
  const entering = /\/sessions(\/current)?$/.test(new URL(request.url).pathname)
  if (response.status === 401 && !entering && door.relogin && (await door.relogin())) response = await patiently(request)
  if (!response.ok) throw await problemOf(response)
  return response
}
