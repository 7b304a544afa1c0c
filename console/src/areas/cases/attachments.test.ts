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
