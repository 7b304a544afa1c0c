import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { getJson, sendJson } from '@/api/client'
import { type Draft, useDraft } from './drafts'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))
beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  vi.mocked(getJson).mockReset().mockResolvedValue({ items: [] })
  vi.mocked(sendJson).mockReset().mockResolvedValue(undefined)
})

interface Typed { kind: string; text: string }
function typing() {
  const form = ref<Typed>({ kind: 'complaint', text: '' })
  let draft: Draft<Typed> | undefined
  const page = mount(defineComponent({ setup: () => {
    draft = useDraft<Typed>(() => 'case:new', () => (form.value.text ? { ...form.value } : null), () => form.value.kind === 'report')
    return () => h('p')
  } }))
  return { form, draft: draft as unknown as Draft<Typed>, page }
}
const sent = (): string[] => vi.mocked(sendJson).mock.calls.map(([method, path]) => `${method} ${path}`)
const kept = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith('kaohe draft '))

test('what becomes confidential is kept nowhere any more, nor does a copy under way come after its end', async () => {
  const { form, draft, page } = typing()
  await draft.restore()
  form.value.text = '举报人说'
  await page.vm.$nextTick()
  expect(kept()).toHaveLength(1)
  let arrive = (): void => undefined
  vi.mocked(sendJson).mockImplementationOnce(() => new Promise((done) => { arrive = () => done(undefined) }))
  const saving = draft.flush()
  await vi.waitFor(() => expect(sent()).toEqual(['PUT drafts/case%3Anew']))
  form.value.kind = 'report'
  await page.vm.$nextTick()
  expect([kept(), draft.state.value, sent().length]).toEqual([[], 'none', 1])
  arrive()
  await saving
  await vi.waitFor(() => expect(sent()).toEqual(['PUT drafts/case%3Anew', 'DELETE drafts/case%3Anew']))
  form.value.text = '举报人又说'
  await page.vm.$nextTick()
  await draft.flush()
  page.unmount()
  expect([kept(), draft.state.value, sent().length]).toEqual([[], 'none', 2])
})

test('an older draft is not laid into what is confidential', async () => {
  vi.mocked(getJson).mockImplementation((path) => Promise.resolve(path === 'drafts' ? { items: [{ key: 'case:new' }] } : { body: { kind: 'complaint', text: '旧' }, changed_at: '2026-11-30T00:00:00Z' }))
  const { form, draft } = typing()
  form.value.kind = 'report'
  expect(await draft.restore()).toBeNull()
})

test('what is not confidential is kept on the server and comes back', async () => {
  const { form, draft, page } = typing()
  await draft.restore()
  form.value.text = '取暖器不热'
  await page.vm.$nextTick()
  await draft.flush()
  expect([sent(), kept(), draft.state.value]).toEqual([['PUT drafts/case%3Anew'], [], 'saved'])
})

test('what was typed before the draft of before had come is kept too', async () => {
  const { form, draft, page } = typing()
  const coming = draft.restore()
  form.value.text = '取暖器'
  await page.vm.$nextTick()
  await coming
  expect([kept().length, draft.state.value]).toEqual([1, 'waiting'])
})
