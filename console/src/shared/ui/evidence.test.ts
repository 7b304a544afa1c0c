// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { getJson, sendJson } from '@/api/client'
import { Problem } from '@/api/problem'
import { i18n } from '@/app/i18n'
import EvidenceList from './EvidenceList.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn() }))
afterEach(() => { vi.clearAllMocks() })
const FILES = [{ evidence: 'f1', name: '巡查记录.pdf', kind: 'pdf', size: 2048 }, { evidence: 'f2', name: '台账.xlsx', kind: 'xlsx', size: 100 }]
const given = (items: object[]): void => { vi.mocked(getJson).mockImplementation((path: string) => Promise.resolve(path.endsWith('/pages') ? { pages: 2 } : { items: path === 'evidence' ? items : [] })) }
async function list(adds: boolean) {
  const box = mount(EvidenceList, { props: { cycle: '2026', kind: 'declaration', id: 'd1', adds }, global: { plugins: [i18n], stubs: { ModalBox: { props: { open: Boolean }, template: '<div v-if="open"><slot /><slot name="foot" /></div>' } } } })
  await flushPromises()
  const press = async (text: string): Promise<void> => {
    await box.findAll('button').find((one) => one.text() === text)?.trigger('click')
    await flushPromises()
  }
  return { box, press }
}

test('a file is looked at page by page where it can be drawn', async () => {
  given(FILES)
  const { box, press } = await list(false)
  expect(box.findAll('button').map((one) => one.attributes('aria-label'))).toEqual(['查看 巡查记录.pdf'])
  await press('查看')
  expect(box.get('img').attributes('src')).toBe('/api/v1/evidence/f1/preview?page=1&width=1600')
  await press('下一页')
  expect(box.get('img').attributes('src')).toContain('page=2')
  box.unmount()
})

test('files are kept, one is left out again, the rest is put to the thing', async () => {
  given([])
  const { box, press } = await list(true)
  let number = 0
  vi.mocked(sendJson).mockImplementation(() => Promise.resolve({ evidence: `n${(number += 1)}`, name: `照片${number}.jpg`, kind: 'jpg', size: 9 }))
  await press('附上材料')
  const pasted = Object.assign(new Event('paste', { cancelable: true }), { clipboardData: { files: [new File(['x'], 'a.jpg'), new File(['y'], 'b.jpg')] } })
  window.dispatchEvent(pasted)
  await flushPromises()
  await press('×')
  await press('附上 1 个文件')
  expect(vi.mocked(sendJson).mock.calls.map(([method, path, body]) => [method, path, body instanceof FormData ? 'file' : body])).toEqual([
    ['POST', 'evidence?cycle=2026', 'file'], ['POST', 'evidence?cycle=2026', 'file'], ['DELETE', 'evidence/n1', undefined],
    ['POST', 'evidence/attach', { cycle: '2026', kind: 'declaration', aggregate: 'd1', evidence: ['n2'] }],
  ])
  expect(box.text()).not.toContain('照片2.jpg')
  box.unmount()
})

test('what is refused stays with its reason; given up, nothing of it stays behind', async () => {
  given([])
  const { box, press } = await list(true)
  vi.mocked(sendJson).mockImplementation((_, path) => (path === 'evidence/attach' ? Promise.reject(new Problem(409, 'evidence.decided', '该事项已办结，不能再补充材料', 'it is decided', [], '')) : Promise.resolve({ evidence: 'n1', name: 'a.jpg', kind: 'jpg', size: 9 })))
  await press('附上材料')
  window.dispatchEvent(Object.assign(new Event('paste', { cancelable: true }), { clipboardData: { files: [new File(['x'], 'a.jpg')] } }))
  await flushPromises()
  await press('附上 1 个文件')
  expect(box.text()).toContain('该事项已办结')
  expect(box.text()).toContain('a.jpg')
  await press('取消')
  expect(vi.mocked(sendJson).mock.calls.at(-1)).toEqual(['DELETE', 'evidence/n1'])
  box.unmount()
})
