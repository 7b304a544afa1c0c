// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { i18n, takeLines } from '@/app/i18n'
import { useNames } from '@/shared/state/names'
import UnitBox from './UnitBox.vue'

vi.mock('@/api/client', () => ({ getJson: () => Promise.resolve({ items: [] }), sendJson: vi.fn(), everything: vi.fn() }))
HTMLDialogElement.prototype.showModal = function open() { this.open = true } // the browser of the tests has none

test('a unit answers to one of the lines that the bureau has, or to all', () => {
  const pinia = createPinia()
  const names = useNames(pinia)
  names.lines.set('online_trade', '网络交易口').set('access', '登记注册口')
  takeLines(names.lines)
  const unit = { unit: 'D01', name: '网监科', kind: 'division', line: 'online_trade', parent: null, active: true, revision: 1, notes: '' }
  const chosen = mount(UnitBox, { props: { open: true, unit: unit as never }, global: { plugins: [pinia, i18n] } }).get('select')
  expect(chosen.findAll('option').map((one) => one.text())).toEqual(['网络交易口', '登记注册口', '各口共用'])
  expect(chosen.element.value).toBe('online_trade')
})
