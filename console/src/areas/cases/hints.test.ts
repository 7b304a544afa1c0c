// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { sendJson } from '@/api/client'
import { i18n } from '@/app/i18n'
import IntakeHints from './IntakeHints.vue'

vi.mock('@/api/client', () => ({ sendJson: vi.fn() }))
const FOUND = { knowledge: [{ entry: 'k1', question: '预付卡不退', answer: '先协商，再投诉。', articles: [] }], traders: [{ trader: 't1', name: '云汀百货', credit_code: '', cases: 3 }], counterfeits: [{ entry: 'c1', mark: '云岭', goods: '白酒' }] }
const shown = (kind: string) => mount(IntakeHints, { props: { kind, trader: '', summary: '', busy: false }, global: { plugins: [i18n], stubs: { RouterLink: { template: '<a><slot /></a>' } } } })

beforeEach(() => {
  vi.useFakeTimers()
  vi.mocked(sendJson).mockReset().mockResolvedValue(FOUND)
})

test('what fits is asked for once typing pauses, and an enquiry is answered by one press', async () => {
  const box = shown('enquiry')
  for (const summary of ['预付', '预付卡不退']) await box.setProps({ summary })
  await vi.advanceTimersByTimeAsync(500)
  await flushPromises()
  expect(vi.mocked(sendJson).mock.calls).toEqual([['POST', 'cases/hints', { trader: '', summary: '预付卡不退' }]])
  expect(box.text()).toContain('云汀百货')
  expect(box.text()).toContain('云岭')
  await box.get('.question').trigger('click')
  await box.get('.btn.primary').trigger('click')
  expect(box.emitted('answer')).toEqual([['先协商，再投诉。']])
})

test('what is written of a report is not sent to be looked for', async () => {
  const box = shown('report')
  await box.setProps({ trader: '云汀', summary: '举报人说的话' })
  await vi.advanceTimersByTimeAsync(500)
  expect(vi.mocked(sendJson).mock.calls).toEqual([['POST', 'cases/hints', { trader: '云汀', summary: '' }]])
})
