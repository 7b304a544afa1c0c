// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { getJson } from '@/api/client'
import { i18n, speak, takeLines, takeWords } from '@/app/i18n'
import { useNames } from '@/shared/state/names'
import GrantFields from './GrantFields.vue'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(), everything: vi.fn() }))
afterEach(() => speak('zh'))
const pinia = createPinia()

test('a bureau with lines of its own chooses among them, in its order and by its names', async () => {
  vi.mocked(getJson).mockResolvedValue({ items: [{ line: 'online_trade', name: '网络交易口' }, { line: 'access', name: '登记注册口' }], next: null })
  const names = useNames(pinia)
  const fields = mount(GrantFields, { props: { modelValue: { role: 'leader', scope: 'line', target: null } as never }, global: { plugins: [pinia, i18n] } })
  const choices = (): string[] => fields.findAll('label').at(-1)?.findAll('option').map((one) => one.text()) ?? []
  expect(choices()).toEqual([]) // before they are known, and where nobody may know them, the code is typed
  expect(fields.findAll('label').at(-1)?.find('input').exists()).toBe(true)
  await names.loadLines()
  takeLines(names.lines)
  takeWords({}) // words of the API that come later leave them
  await fields.vm.$nextTick()
  expect(choices()).toEqual(['', '网络交易口', '登记注册口'])
  await speak('en')
  expect(choices()).toEqual(['', '网络交易口', 'Access']) // English has its own word for the five
})
