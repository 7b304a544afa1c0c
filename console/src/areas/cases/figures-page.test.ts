// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { getJson, sendJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import { useSession } from '@/shared/state/session'
import ClosedMonths from './ClosedMonths.vue'
import FiguresPage from './FiguresPage.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), everything: vi.fn(() => Promise.resolve([])), sendJson: vi.fn(() => Promise.resolve({})) }))
vi.mock('@/shared/logic/dates', async (real) => ({ ...(await real<object>()), today: () => '2026-01-05' }))
const stubs = { RouterLink: { template: '<a :href="to"><slot /></a>', props: ['to'] }, PageHead: { template: '<header><slot /></header>' }, ModalBox: { template: '<div v-if="open"><slot /><slot name="foot" /></div>', props: ['open'] } }
const RATE = { figure: 'accepted_in_time', zh: '投诉按时受理率', numerator: '0', denominator: '0', over: '期内应作出决定的件数', value: null, unit: 'percent', backdated: 1 }
const FACT = { code: 'c9', case_number: '2026-滨河-投-000009', number: 1, figure: 'accepted_in_time', day: '2026-01-04', month: '2026-01', unit: 'S01', person: 'P2', numerator: '0', denominator: '1', backdated: true }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.mocked(sendJson).mockClear()
  vi.mocked(getJson).mockReset().mockImplementation((path: string) => Promise.resolve(path === 'case-figures/period' ? { figures: [RATE], supervision: [] } : path === 'case-figures/period/facts' ? { items: [FACT], next: null } : { items: [] }))
})

test('a rate of nothing is none, and one press shows the cases behind a figure', async () => {
  vi.spyOn(useSession(), 'has').mockReturnValue(true)
  const page = mount(FiguresPage, { global: { plugins: [i18n], stubs } })
  await flushPromises()
  expect(page.text()).toContain('期内应作出决定的件数')
  expect(page.text()).toContain('含补录 1')
  expect(page.text()).not.toMatch(/\b(0|100) ?%/)
  await page.get('tbody button').trigger('click')
  await flushPromises()
  expect(page.get('a[href="/cases/c9"]').text()).toBe('2026-滨河-投-000009')
})

test('who heads nothing and watches nothing asks for their own figures', async () => {
  const session = useSession()
  vi.spyOn(session, 'has').mockReturnValue(false)
  session.account = { account: 'p2', person: 'P2', grants: [] } as unknown as typeof session.account
  mount(FiguresPage, { global: { plugins: [i18n], stubs } })
  await flushPromises()
  expect(vi.mocked(getJson).mock.calls.find(([path]) => path === 'case-figures/period')?.[1]).toMatchObject({ handler: 'P2', since: '2026-01-01' })
})

test('the month before is proposed for closing, over the turn of the year too; a month that is not over cannot be closed', async () => {
  vi.spyOn(useSession(), 'has').mockReturnValue(true)
  const box = mount(ClosedMonths, { props: { months: [], problem: null }, global: { plugins: [i18n], stubs } })
  await box.get('button').trigger('click')
  const month = box.get('input')
  expect((month.element as HTMLInputElement).value).toBe('2025-12')
  await month.setValue('2026-01')
  expect(box.get('button.primary').attributes('disabled')).toBeDefined()
  await month.setValue('2025-11')
  await box.get('form').trigger('submit')
  await flushPromises()
  expect(vi.mocked(sendJson).mock.calls.map(([method, path]) => [method, path])).toEqual([['POST', 'case-figures/2025-11/close']])
  expect(box.emitted('closed')).toHaveLength(1)
})
