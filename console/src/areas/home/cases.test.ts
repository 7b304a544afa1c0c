// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import { useSession } from '@/shared/state/session'
import HomeCases from './HomeCases.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn() }))
vi.mock('@/shared/logic/live', () => ({ onChange: vi.fn() }))
const COUNTS = { to_assign: 2, mine: 0, overdue: 3, soon: 1, urged: 1, follow_up: 4, objected: 0 }
const stub = { template: '<a :href="to"><slot /></a>', props: ['to'] }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.mocked(getJson).mockReset().mockImplementation((path: string) => Promise.resolve(
    path === 'cases/queues' ? { queues: Object.entries(COUNTS).map(([queue, cases]) => ({ queue, cases, zh: queue })) } : path === 'hot-spots' ? { items: [{}] } : { items: [], total: 5 }))
})

async function shown(role: string): Promise<(string | undefined)[]> {
  vi.spyOn(useSession(), 'has').mockImplementation((...roles: string[]) => roles.includes(role))
  const box = mount(HomeCases, { global: { plugins: [i18n], stubs: { RouterLink: stub } } })
  await flushPromises()
  return box.findAll('a.pill').map((one) => one.attributes('href'))
}

test('the centre sees what waits to be dispatched, urged, told and where complaints pile up', async () => {
  expect(await shown('complaints_centre')).toEqual(['/cases?show=to_assign', '/cases?show=overdue', '/cases?show=soon', '/cases?show=urged', '/cases?show=follow_up', '/cases/to-tell', '/hot-spots'])
})

test('who handles cases is not asked for what others do, and hot spots are not asked for', async () => {
  expect(await shown('staff')).toEqual(['/cases?show=overdue', '/cases?show=soon', '/cases?show=urged', '/cases/to-tell'])
  expect(vi.mocked(getJson).mock.calls.map(([path]) => path)).not.toContain('hot-spots')
})

test('whoever has nothing of 12315 to do sees nothing of it', async () => {
  vi.mocked(getJson).mockImplementation((path: string) => Promise.resolve(path === 'cases/queues' ? { queues: [] } : { items: [], total: 0 }))
  expect(await shown('staff')).toEqual([])
})
