import { afterEach, expect, test, vi } from 'vitest'
import { send } from './sending'

const URL_OF = 'http://localhost/api/v1/words'
const early = (age: number): void => {
  Object.assign(globalThis, { kaoheEarly: { at: Date.now() - age, answers: { '/api/v1/words': Promise.resolve(new Response('early')) } } })
}
afterEach(() => vi.unstubAllGlobals())

test('what was asked for before the scripts came is taken once', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('later')))
  vi.stubGlobal('fetch', fetched)
  early(0)
  const texts = [await (await send(new Request(URL_OF))).text(), await (await send(new Request(URL_OF))).text()]
  expect(texts).toEqual(['early', 'later'])
  expect(fetched).toHaveBeenCalledTimes(1)
})

test('what has grown old, and what changes something, is asked for anew', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('later')))
  early(60_000)
  expect(await (await send(new Request(URL_OF))).text()).toBe('later')
  early(0)
  expect(await (await send(new Request(URL_OF, { method: 'PUT', body: '{}' }))).text()).toBe('later')
})
