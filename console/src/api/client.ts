import createClient from 'openapi-fetch'
import { send } from './sending'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** A part of a list, and from where the next goes on. */
export interface Page<T> { items: T[]; next: string | null }

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send })

/** The data of an answer; problems have been thrown by then. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}

/** Every item of a paged list. */
export async function everything<T>(page: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  let after: string | undefined
  do {
    const one = await page(after)
    all.push(...one.items)
    after = one.next ?? undefined
  } while (after)
  return all
}

/** An answer whose shape the document leaves open; the caller says what it relies on. */
export async function getJson<T>(path: string, query: Record<string, string | number | boolean | null | undefined> = {}, signal?: AbortSignal): Promise<T> {
  const url = new URL(`/api/v1/${path}`, location.origin)
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value))
  const response = await send(new Request(url, signal ? { signal } : {}))
  return (await response.json()) as T
}

export async function sendJson<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const url = new URL(`/api/v1/${path}`, location.origin)
  const init: RequestInit = { method, headers: { ...headers } }
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { ...headers, 'Content-Type': 'application/json' }
  }
  const response = await send(new Request(url, init))
  return (response.status === 204 ? undefined : await response.json()) as T
}
