// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import CountsField from './CountsField.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))
beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers(); vi.clearAllMocks() })

test.each([['40', '40'], [null, null], [undefined, null]])('what corrected quantities are worth is asked for by the target of whose they are: %s', async (target, asked) => {
  vi.mocked(sendJson).mockResolvedValue({ points: '4.25', explanation: '5 × min(1, 34 ÷ 40) = 4.25' })
  const box = mount(CountsField, { props: { indicator: '05-02-01', start: { done: '34' }, target }, global: { plugins: [i18n, createPinia()] } })
  await vi.runAllTimersAsync()
  await flushPromises()
  expect(vi.mocked(sendJson).mock.calls.map(([, , body]) => body)).toEqual([{ counts: { done: '34' }, target: asked }])
  expect(box.get('[role=status]').text()).toBe('5 × min(1, 34 ÷ 40) = 4.25')
  box.unmount()
})
