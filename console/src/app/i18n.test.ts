// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import { useWords } from '@/shared/logic/words'
import { i18n, speak, takeWords } from './i18n'

test('what was drawn before the words came is drawn again with them', async () => {
  const drawn = mount({ setup: () => useWords(), template: '<p>{{ word("grant_status", "proposed") }}</p>' }, { global: { plugins: [i18n] } })
  expect(drawn.text()).toBe('proposed')
  takeWords({ grant_status: { proposed: { zh: '待确认', en: 'proposed' } } })
  await nextTick()
  expect(drawn.text()).toBe('待确认')
})

test('in Chinese the words of the API hold, in English those that somebody wrote', async () => {
  takeWords({ rule: { tier: { zh: '分档计分制', en: 'tier' } }, order_step: { send_back: { zh: '退回整改', en: 'send back' } } })
  const t = (key: string): string => i18n.global.t(key)
  expect([t('words.rule.tier'), t('words.order_step.send_back')]).toEqual(['分档计分制', '退回整改'])
  await speak('en')
  expect([t('words.rule.tier'), t('words.order_step.send_back')]).toEqual(['Tiers', 'Send back'])
})
