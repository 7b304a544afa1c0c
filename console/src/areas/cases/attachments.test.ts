// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { getJson, sendJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import CaseAttachments from './CaseAttachments.vue'
import type { Case } from './cases'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(() => Promise.resolve({})) }))

test('a file of a case comes by pasting as by choosing, with its note; a screenshot without a name gets one', async () => {
  setActivePinia(createPinia())
  vi.mocked(getJson).mockResolvedValue({ count: 0, may_open: true, why_not_add: null, items: [] })
  const box = mount(CaseAttachments, { props: { item: { code: 'c1', revision: 1 } as unknown as Case }, global: { plugins: [i18n] } })
  await flushPromises()
  await box.get('input.note').setValue('聊天记录')
  const pasted = Object.assign(new Event('paste', { cancelable: true }), { clipboardData: { files: [new File(['x'], '')] } })
  window.dispatchEvent(pasted)
  await flushPromises()
  const [method, path, form] = vi.mocked(sendJson).mock.calls[0] ?? []
  expect([method, path]).toEqual(['POST', `cases/c1/attachments?note=${encodeURIComponent('聊天记录')}`])
  expect(((form as FormData).get('file') as File).name).toBe('截图.png')
  box.unmount()
})

test('who may not add files is offered nothing', async () => {
  vi.mocked(getJson).mockResolvedValue({ count: 2, may_open: false, why_not_add: '须由承办人办理', items: [] })
  const box = mount(CaseAttachments, { props: { item: { code: 'c1', revision: 1 } as unknown as Case }, global: { plugins: [i18n] } })
  await flushPromises()
  expect(box.find('input[type=file]').exists()).toBe(false)
  box.unmount()
})

test('a file is looked at as a picture, page by page; what cannot be drawn says so', async () => {
  const one = { attachment: 'a1', case: 'c1', name: '小票.pdf', kind: 'pdf', size: 2048, note: '购物小票', owner: 'p1' }
  vi.mocked(getJson).mockImplementation((path: string) => Promise.resolve(path.endsWith('/pages') ? { pages: 2 } : { count: 1, may_open: true, why_not_add: '已归档', items: [one] }))
  const box = mount(CaseAttachments, { props: { item: { code: 'c1', revision: 1 } as unknown as Case }, global: { plugins: [i18n], stubs: { ModalBox: { template: '<div><slot /><slot name="foot" /></div>' } } } })
  await flushPromises()
  await box.get('li button').trigger('click')
  await flushPromises()
  expect(box.get('img').attributes('src')).toBe('/api/v1/cases/c1/attachments/a1/preview?page=1&width=1600')
  await box.findAll('button').find((button) => button.text() === '下一页')?.trigger('click')
  expect(box.get('img').attributes('src')).toContain('page=2')
  await box.get('img').trigger('error')
  expect(box.text()).toContain('不能预览，请下载')
})
