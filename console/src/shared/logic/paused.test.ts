import { effectScope, nextTick, ref } from 'vue'
import { expect, test, vi } from 'vitest'
import { paused } from './paused'

test('what is typed is told once it pauses, and not after the page has gone', async () => {
  vi.useFakeTimers()
  const text = ref('')
  const scope = effectScope()
  const told = scope.run(() => paused(text))
  for (const now of ['退', '退款']) { text.value = now; await nextTick(); vi.advanceTimersByTime(200) }
  expect(told?.value).toBe('')
  vi.advanceTimersByTime(200)
  expect(told?.value).toBe('退款')
  text.value = '退款难'
  await nextTick()
  scope.stop()
  vi.advanceTimersByTime(1000)
  expect(told?.value).toBe('退款')
  vi.useRealTimers()
})
