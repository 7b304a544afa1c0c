import { nextTick, ref } from 'vue'
import { expect, test, vi } from 'vitest'
import { lines, paused } from './keeping'

test('a line each, without those that say nothing', () => {
  expect(lines(' 一\n\n 二 \n')).toEqual(['一', '二'])
})

test('what is typed is told once it pauses', async () => {
  vi.useFakeTimers()
  const text = ref('')
  const told = paused(text)
  for (const now of ['退', '退款']) { text.value = now; await nextTick(); vi.advanceTimersByTime(200) }
  expect(told.value).toBe('')
  vi.advanceTimersByTime(200)
  expect(told.value).toBe('退款')
  vi.useRealTimers()
})
