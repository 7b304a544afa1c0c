// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import { useCycle } from '@/shared/state/cycle'
import RecordBox from './RecordBox.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(), everything: vi.fn() }))
vi.mock('vue-router', () => ({ useRoute: () => ({ query: {} }) }))

HTMLDialogElement.prototype.showModal = function open() { this.open = true } // the browser of the tests has none

test('where nothing is left to record the button says so in words, else how many', async () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const cycle = useCycle()
  cycle.all = [{ cycle: '2026', status: 'open', permits: ['declare'], periods: [{ code: '2026-M01', frequency: 'monthly', starts: '2026-01-01', ends: '2026-01-31' }] }] as never
  cycle.chosen = '2026'
  for (const [waiting, said] of [[0, '没有待归档的'], [3, '归档这 3 项']] as const) {
    vi.mocked(getJson).mockResolvedValue({ waiting })
    const box = mount(RecordBox, { props: { period: '2026-M01' }, global: { plugins: [pinia, i18n] }, attachTo: document.body })
    await box.get('button').trigger('click')
    await flushPromises()
    const send = box.get('footer .primary')
    expect([send.text(), send.attributes('disabled') !== undefined]).toEqual([said, waiting === 0])
    box.unmount()
  }
})
