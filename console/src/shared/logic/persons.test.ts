import { type EffectScope, effectScope, nextTick, ref, type ShallowRef } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '@/shared/state/names'
import { usePersonsFound } from './persons'

interface Asked { q: string; limit: number; after: string | undefined; signal: AbortSignal; answer: (persons: string[], next?: string) => void; fail: () => void }
const asked: Asked[] = []
vi.mock('@/api/client', async (actual) => ({
  ...(await actual<object>()),
  getJson: (_path: string, query: { q: string; limit: number; after?: string }, signal: AbortSignal) => new Promise((resolve, reject) => {
    asked.push({ q: query.q, limit: query.limit, after: query.after, signal, answer: (persons, next) => { resolve({ items: persons.map((person) => ({ person })), next: next ?? null }) }, fail: () => { reject(new Error('away')) } })
  }),
}))

const text = ref('')
let scope: EffectScope
const found = (most?: number): ShallowRef<Person[]> => scope.run(() => usePersonsFound(text, (q) => /^[a-z]+$/.test(q), most)) as ShallowRef<Person[]>
const codes = (persons: readonly Person[]): string[] => persons.map((one) => one.person)
async function typed(...texts: string[]): Promise<void> {
  for (const one of texts) {
    text.value = one
    await nextTick()
  }
  await vi.advanceTimersByTimeAsync(500)
}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  text.value = ''
  scope = effectScope()
})
afterEach(() => { scope.stop(); vi.useRealTimers() })

test('who types on asks once, and an answer to what was typed before is dropped', async () => {
  const persons = found(20)
  await typed('d', 'dy', 'dy ')
  expect(asked.map((one) => [one.q, one.limit])).toEqual([['dy', 20]])
  await typed('dyx')
  asked[0]?.answer(['P1'])
  asked[1]?.answer(['P2'], 'more')
  await vi.advanceTimersByTimeAsync(0)
  expect([asked[0]?.signal.aborted, asked.length, codes(persons.value)]).toEqual([true, 2, ['P2']])
})

test('without a limit all of them are found', async () => {
  const persons = found()
  await typed('dy')
  asked[0]?.answer(['P1'], 'P1')
  await vi.advanceTimersByTimeAsync(0)
  asked[1]?.answer(['P2'])
  await vi.advanceTimersByTimeAsync(0)
  expect([asked.map((one) => one.after), codes(persons.value)]).toEqual([[undefined, 'P1'], ['P1', 'P2']])
})

test('nobody is found where there is nothing to ask, or no answer comes; whoever leaves asks no more', async () => {
  const persons = found(20)
  await typed('dy')
  asked[0]?.answer(['P1'])
  await typed('王')
  expect([asked.length, codes(persons.value)]).toEqual([1, []])
  await typed('dy')
  asked[1]?.answer(['P1'])
  await typed('dyx')
  asked[2]?.fail()
  await vi.advanceTimersByTimeAsync(0)
  expect(codes(persons.value)).toEqual([])
  text.value = 'x'
  await nextTick()
  scope.stop()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked.length).toBe(3)
})
