// @vitest-environment jsdom
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

class Stream {
  static readonly CLOSED = 2
  static all: Stream[] = []
  readyState = 1
  onerror: (() => void) | null = null
  closed = false
  private readonly acts: Record<string, (event: unknown) => void> = {}
  constructor(readonly url: string) { Stream.all.push(this) }
  addEventListener(kind: string, act: (event: unknown) => void): void { this.acts[kind] = act }
  close(): void { this.closed = true }
  tell(kind: string, id: string, families: string[]): void { this.acts[kind]?.({ lastEventId: id, data: JSON.stringify({ families }) }) }
}
const asked = vi.fn<(path: string, query: unknown) => Promise<{ families: string[]; next: number }>>()
vi.mock('@/api/client', () => ({ getJson: (path: string, query: unknown) => asked(path, query) }))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  Stream.all = []
  asked.mockReset().mockResolvedValue({ families: [], next: 9 })
})
afterEach(() => { vi.useRealTimers(); vi.resetModules() })

async function listening(families: string[], act: () => void): Promise<() => void> {
  const { onChange } = await import('./live')
  const scope = effectScope()
  scope.run(() => { onChange(families, act) })
  return () => { scope.stop() }
}

test('many hints are one reading, and only of what is listened for', async () => {
  const act = vi.fn()
  const stop = await listening(['notices'], act)
  const [stream] = Stream.all
  stream?.tell('changed', '4', ['orders'])
  await vi.advanceTimersByTimeAsync(2000)
  expect(act).not.toHaveBeenCalled()
  for (const id of ['5', '6', '7']) stream?.tell('changed', id, ['notices'])
  await vi.advanceTimersByTimeAsync(2000)
  expect(act).toHaveBeenCalledTimes(1)
  stop()
  expect(stream?.closed).toBe(true)
})

test('where no stream gets through the page asks, and goes on after what it has seen', async () => {
  const act = vi.fn()
  const stop = await listening([], act)
  const [stream] = Stream.all
  stream?.tell('changed', '4', [])
  stream?.onerror?.()
  expect(stream?.closed).toBe(false) // once may happen: the browser tries again
  stream?.onerror?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(stream?.closed).toBe(true)
  expect(asked).toHaveBeenLastCalledWith('changes', { after: 4 })
  asked.mockResolvedValue({ families: ['declarations'], next: 12 })
  await vi.advanceTimersByTimeAsync(32_000)
  expect(act).toHaveBeenCalledTimes(1)
  stop()
})

test('a page that nobody sees holds no stream', async () => {
  const stop = await listening([], vi.fn())
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(Stream.all.map((one) => one.closed)).toEqual([true])
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(Stream.all.map((one) => one.closed)).toEqual([true, false])
  stop()
})

test('what is read again by the clock rests while nobody sees the page, and ends with it', async () => {
  const { whileSeen } = await import('./live')
  const [act, scope, hidden] = [vi.fn(), effectScope(), vi.spyOn(document, 'hidden', 'get').mockReturnValue(false)]
  scope.run(() => { whileSeen(1000, act) })
  await vi.advanceTimersByTimeAsync(2500)
  expect(act).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(true)
  await vi.advanceTimersByTimeAsync(2000)
  expect(act).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(false)
  scope.stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(act).toHaveBeenCalledTimes(2)
})
