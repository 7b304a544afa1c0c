// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { getJson, sendJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { type Draft, type DraftForm, beside, useDraft, useDraftForm } from './drafts'

/** What comes after a pause comes on a busy machine, too. */
const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 60_000 })
vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))
beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  vi.mocked(getJson).mockReset().mockResolvedValue({ items: [] })
  vi.mocked(sendJson).mockReset().mockResolvedValue(undefined)
})

const inPage = (setup: () => void) => mount(defineComponent({ setup: () => {
  setup()
  return () => h('p')
} }))
interface Typed { kind: string; text: string }
function typing() {
  const form = ref<Typed>({ kind: 'complaint', text: '' })
  let draft: Draft<Typed> | undefined
  const page = inPage(() => { draft = useDraft<Typed>(() => 'case:new', () => (form.value.text ? { ...form.value } : null), () => form.value.kind === 'report') })
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
  await until(() => expect(sent()).toEqual(['PUT drafts/case%3Anew']))
  form.value.kind = 'report'
  await page.vm.$nextTick()
  expect([kept(), draft.state.value, sent().length]).toEqual([[], 'none', 1])
  arrive()
  await saving
  await until(() => expect(sent()).toEqual(['PUT drafts/case%3Anew', 'DELETE drafts/case%3Anew']))
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

const OLD = '取暖器不热，已打电话三次，商家不肯上门'
/** The server has a long draft, which comes once `arrive` is called. */
function slow(): () => void {
  let arrive = (): void => undefined
  const coming = new Promise<void>((done) => { arrive = done })
  vi.mocked(getJson).mockImplementation(async (path) => {
    await coming
    return path === 'drafts' ? { items: [{ key: 'case:new' }] } : { body: { kind: 'complaint', text: OLD }, changed_at: '2026-11-30T00:00:00Z' }
  })
  return arrive
}
const bodies = (): unknown[] => vi.mocked(sendJson).mock.calls.map(([, , body]) => (body as { body: Typed }).body.text)

test('a letter typed while the draft of before is under way replaces it neither here nor on the server', async () => {
  const arrive = slow()
  const { form, draft, page } = typing()
  const coming = draft.restore()
  form.value.text = '另'
  await page.vm.$nextTick()
  expect(kept()).toEqual([])
  arrive()
  const found = await coming
  expect([found?.text, kept()]).toEqual([OLD, []])
  form.value = beside(found as Typed, form.value, { kind: 'complaint', text: '' })
  await page.vm.$nextTick()
  await draft.flush()
  expect(bodies()).toEqual([`${OLD} 另`])
})

test('a dialog shows both, each time it opens', async () => {
  for (const again of [false, true]) {
    vi.mocked(sendJson).mockClear()
    const arrive = slow()
    const open = ref(false)
    let dialog: DraftForm<Typed> | undefined
    const page = inPage(() => { dialog = useDraftForm<Typed>(() => 'case:new', () => open.value, () => ({ kind: 'complaint', text: '' }), (one) => one.text) })
    const { form, draft } = dialog as unknown as DraftForm<Typed>
    if (again) {
      open.value = true
      arrive()
      await until(() => expect(form.value.text).toBe(OLD))
      open.value = false
      await page.vm.$nextTick()
    }
    const later = again ? slow() : arrive
    open.value = true
    await page.vm.$nextTick()
    form.value.text = '另'
    await page.vm.$nextTick()
    later()
    await until(() => expect(form.value.text).toBe(`${OLD} 另`))
    await draft.flush()
    expect(bodies().filter((text) => !String(text).startsWith(OLD))).toEqual([])
    page.unmount()
    localStorage.clear()
  }
})

test('texts stand one after the other, of codes and days what was changed counts', () => {
  const untouched = { kind: 'annual', day: '2026-03-01', reason: '', person: '' }
  const old = { kind: 'sick', day: '2026-03-05', reason: '看病', person: 'P0001' }
  expect(beside(old, { ...untouched, reason: '发烧', person: 'P0002' }, untouched)).toEqual({ ...old, reason: '看病 发烧', person: 'P0002' })
  expect(beside(old, untouched, untouched)).toEqual(old)
  expect(beside(old, { ...untouched, reason: '看' }, untouched).reason).toBe('看病')
})

test('a draft that could not be read is not written over: what is typed since is kept, and the earlier one beside it', async () => {
  const away = new Problem(0, 'network', '没有连上服务器', 'away')
  vi.mocked(getJson).mockRejectedValue(away)
  const { form, draft } = typing()
  expect(await draft.restore()).toBeNull()
  form.value.text = '新写的'
  await draft.flush()
  expect([draft.state.value, sent()]).toEqual(['failed', []])
  vi.mocked(getJson).mockImplementation((path) => Promise.resolve(path === 'drafts' ? { items: [{ key: 'case:new' }] } : { body: { kind: 'complaint', text: '先前写的' }, changed_at: '2026-11-30T00:30:00Z' }))
  await draft.flush()
  expect(vi.mocked(sendJson).mock.calls).toEqual([
    ['PUT', 'drafts/case%3Anew%3Abefore', { body: { kind: 'complaint', text: '先前写的' } }],
    ['PUT', 'drafts/case%3Anew', { body: { kind: 'complaint', text: '新写的' } }],
  ])
  expect([draft.state.value, draft.aside.value]).toEqual(['saved', '08:30'])
  await draft.flush()
  expect(sent().filter((one) => one.endsWith('before'))).toHaveLength(1)
  await draft.forget()
  expect([draft.aside.value, sent().pop()]).toEqual(['', 'DELETE drafts/case%3Anew%3Abefore'])
})

test('the draft that was put aside takes the place of what is typed, which is put aside in turn; what is confidential is not', async () => {
  vi.stubGlobal('location', { reload: vi.fn() })
  vi.mocked(getJson).mockImplementation((path) => Promise.resolve(path === 'drafts' ? { items: [] } : { body: { kind: 'complaint', text: '先前写的' }, changed_at: '2026-11-30T00:30:00Z' }))
  const { form, draft } = typing()
  await draft.restore()
  form.value.text = '新写的'
  await draft.swap()
  const taken = ['PUT', 'drafts/case%3Anew', { body: { kind: 'complaint', text: '先前写的' } }]
  expect(vi.mocked(sendJson).mock.calls).toEqual([['PUT', 'drafts/case%3Anew%3Abefore', { body: { kind: 'complaint', text: '新写的' } }], taken])
  form.value = { kind: 'report', text: '举报人说' }
  await until(() => expect(sent().pop()).toBe('DELETE drafts/case%3Anew'))
  vi.mocked(sendJson).mockClear()
  await draft.swap()
  expect(vi.mocked(sendJson).mock.calls).toEqual([['DELETE', 'drafts/case%3Anew%3Abefore'], taken])
  expect([kept(), vi.mocked(location.reload).mock.calls.length]).toEqual([[], 2])
  vi.unstubAllGlobals()
})
