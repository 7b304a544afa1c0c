// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { i18n, takeLines } from '@/app/i18n'
import { useNames } from '@/shared/state/names'
import LeadForm from './LeadForm.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(), everything: () => Promise.resolve([]) }))
HTMLDialogElement.prototype.showModal = function open() { this.open = true } // the browser of the tests has none

test('a lead goes to one of the lines that the bureau has', () => {
  const pinia = createPinia()
  const names = useNames(pinia)
  names.lines.set('online_trade', '网络交易口').set('advertising', '广告口')
  takeLines(names.lines)
  const form = mount(LeadForm, { props: { source: 'case', code: 'c1', about: '' }, global: { plugins: [pinia, i18n] } })
  const chosen = form.get('select')
  expect(chosen.findAll('option').map((one) => one.text())).toEqual(['网络交易口', '广告口'])
  expect(chosen.element.value).toBe('online_trade')
})
