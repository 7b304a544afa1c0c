// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { sendJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { i18n } from '@/app/i18n'
import { useNames } from '@/shared/state/names'
import IntakePage from './IntakePage.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(() => Promise.resolve({ items: [] })), everything: vi.fn(() => Promise.resolve([])), sendJson: vi.fn() }))
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }))

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  const names = useNames()
  for (const unit of ['S01', 'S02']) names.units.set(unit, { unit, name: unit, kind: 'station', line: '', parent: null, active: true, revision: 1 })
  for (const [person, unit] of [['P20', 'S01'], ['P21', 'S02']] as const) names.persons.set(person, { person, name: person, unit, line: '', position: '', head: false, active: true, revision: 1 })
})

const sent = (path: string): { body: { cases: Record<string, unknown>[] }; key: string }[] =>
  vi.mocked(sendJson).mock.calls.filter((call) => call[0] === 'POST' && call[1] === path).map((call) => ({ body: call[2] as { cases: Record<string, unknown>[] }, key: call[3]?.['Idempotency-Key'] ?? '' }))

test('where only the assignment is refused, the next press assigns what was registered and registers nothing again', async () => {
  let refused = true
  vi.mocked(sendJson).mockImplementation((method, path) => {
    if (method === 'POST' && path === 'cases') return Promise.resolve({ cases: [{ case: 'c1', number: '2026-00007', revision: 3 }] })
    if (path === 'cases/assign' && refused) return Promise.reject(new Problem(422, 'case.handler', '承办人不在该单位', 'not of this unit'))
    return Promise.resolve(undefined)
  })
  const page = mount(IntakePage, { global: { plugins: [i18n], stubs: { RouterLink: { template: '<a><slot /></a>' }, PageHead: { template: '<header><slot /></header>' } } } })
  await flushPromises()
  const [consumer, , trader] = page.findAll('form input')
  const [unit, handler] = page.findAll('form select').slice(-2)
  await consumer?.setValue('冷先生')
  await trader?.setValue('某家电经营部')
  await page.find('textarea').setValue('取暖器不热')
  await unit?.setValue('S01')
  await handler?.setValue('P20')
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(page.find('[role=status]').text()).toContain('已登记，编号 2026-00007；还没有分送。')
  expect(page.find('textarea').attributes('disabled')).toBeDefined()
  refused = false
  await unit?.setValue('S02')
  expect((handler?.element as HTMLSelectElement | undefined)?.value).toBe('')
  await handler?.setValue('P21')
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(sent('cases')).toHaveLength(1)
  const [first, second] = sent('cases/assign')
  expect(second?.body.cases).toEqual([{ case: 'c1', revision: 3, unit: 'S02', handler: 'P21' }])
  expect(second?.key).not.toBe(first?.key)
  expect(page.find('[role=status]').text()).toContain('2026-00007')
  expect((page.find('textarea').element as HTMLTextAreaElement).value).toBe('')
})

test('an enquiry whose registration was not answered is closed with an answer under the same key: it is not registered twice', async () => {
  vi.mocked(sendJson).mockReset()
  let lost = true
  vi.mocked(sendJson).mockImplementation((method, path) => {
    if (method !== 'POST' || path !== 'cases') return Promise.resolve(path === 'cases/hints' ? { knowledge: [], traders: [], counterfeits: [] } : path === 'cases/similar' ? { items: [], complaints_of_person: 0 } : undefined)
    return lost ? Promise.reject(new Problem(0, 'network', '没有连上服务器', 'away')) : Promise.resolve({ cases: [{ case: 'c2', number: '2026-00008', revision: 1 }] })
  })
  const page = mount(IntakePage, { global: { plugins: [i18n], stubs: { RouterLink: { template: '<a><slot /></a>' }, PageHead: { template: '<header><slot /></header>' } } } })
  await flushPromises()
  await page.findAll('button.pill')[2]?.trigger('click')
  await page.find('textarea').setValue('取暖器保修几年')
  await page.find('form').trigger('submit')
  await flushPromises()
  lost = false
  page.findComponent({ name: 'IntakeHints' }).vm.$emit('answer', '整机一年')
  await flushPromises()
  const [first, second] = sent('cases')
  expect(second?.key).toBe(first?.key)
  expect(sent('cases/answer')[0]?.body.cases).toEqual([{ case: 'c2', revision: 1, why: '整机一年' }])
  await page.find('textarea').setValue('另一件')
  await page.find('form').trigger('submit')
  await flushPromises()
  expect([sent('cases').length, sent('cases/answer').length]).toEqual([3, 1])
})
