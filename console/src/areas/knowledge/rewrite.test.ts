// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { i18n } from '@/app/i18n'
import { useSession } from '@/shared/state/session'
import KnowledgePage from './KnowledgePage.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))

test('an entry that could not be read is not rewritten with the text of another', async () => {
  setActivePinia(createPinia())
  useSession().account = { grants: [{ role: 'complaints_centre', target: null }] } as never
  const items = ['e1', 'e2'].map((entry) => ({ entry, question: entry, answer: '', articles: [], topic: 'refund', revision: 1, kept_at: '2026-11-30T00:00:00Z', kept_by: '', withdrawn: false }))
  vi.mocked(getJson).mockImplementation((path) => (path === 'case-knowledge' ? Promise.resolve({ items, next: null }) : path.endsWith('e1') ? Promise.resolve(items[0]) : Promise.reject(new Problem(0, 'network', '没有连上服务器', 'away'))))
  const SideBySide = { props: ['items'], template: '<div><div v-for="item in items" :key="item.entry" class="entry"><slot name="detail" :item="item" /></div></div>' }
  const AnswerForm = { name: 'AnswerForm', props: ['before'], emits: ['close', 'kept'], template: '<p />' }
  const page = mount(KnowledgePage, { global: { plugins: [i18n], stubs: { PageHead: true, RevisionsList: true, SideBySide, AnswerForm } } })
  await flushPromises()
  const [first, second] = page.findAll('.entry')
  await first?.find('button').trigger('click')
  await flushPromises()
  const form = page.findComponent({ name: 'AnswerForm' })
  expect((form.props('before') as { entry: string }).entry).toBe('e1')
  form.vm.$emit('close')
  await second?.find('button').trigger('click')
  await flushPromises()
  expect(page.findComponent({ name: 'AnswerForm' }).exists()).toBe(false)
  expect([first?.text(), second?.text()].map((text) => text?.includes('没有连上服务器'))).toEqual([false, true])
})
