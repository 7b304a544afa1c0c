// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import OpenPoints from './OpenPoints.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(), everything: vi.fn() }))
const point = { day: '2026-11-30', shift_name: '行政班', point: 'depart', due: '2026-11-30T09:30:00Z', punch: null, state: 'missed', minutes: 0, explanation: null, explain_until: '2026-12-04' }

test('a missed punch is told with its last day and explained from there; where none is left nothing stands', async () => {
  vi.mocked(getJson).mockResolvedValue({ points: [point] })
  const box = mount(OpenPoints, { props: { asked: null }, global: { plugins: [createPinia(), i18n] } })
  await flushPromises()
  expect(box.text()).toContain('还可以补签的漏打卡 1 次')
  expect(box.text()).toContain('12月4日')
  await box.get('button').trigger('click')
  expect(box.emitted('explain')).toEqual([[{ day: '2026-11-30', point: 'depart' }]])
  vi.mocked(getJson).mockResolvedValue({ points: [] })
  await box.setProps({ asked: {} }) // it was explained: the list is read anew
  await flushPromises()
  expect(box.find('section').exists()).toBe(false)
})
