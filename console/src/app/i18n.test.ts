import { expect, test } from 'vitest'
import { i18n, speak, takeWords } from './i18n'

test('in Chinese the words of the API hold, in English those that somebody wrote', async () => {
  takeWords({ rule: { tier: { zh: '分档计分制', en: 'tier' } }, order_step: { send_back: { zh: '退回整改', en: 'send back' } } })
  const t = (key: string): string => i18n.global.t(key)
  expect([t('words.rule.tier'), t('words.order_step.send_back')]).toEqual(['分档计分制', '退回整改'])
  await speak('en')
  expect([t('words.rule.tier'), t('words.order_step.send_back')]).toEqual(['Tiers', 'Send back'])
})
