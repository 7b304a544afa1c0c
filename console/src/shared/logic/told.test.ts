import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { sendAllBut } from './batch'
import { listed, tellIn, told } from './told'

afterEach(() => tellIn('zh'))

test('what is told in both languages is told in that of the console', async () => {
  expect([told({ zh: '已过期', en: 'too late' }), told(null), told({ en: 'too late' })]).toEqual(['已过期', '', 'too late'])
  tellIn('en')
  expect([told({ zh: '已过期', en: 'too late' }), told({ zh: '已过期' })]).toEqual(['too late', '已过期'])
})

test('things in a row are listed as a sentence of the language of the console lists them', () => {
  expect([listed(['组织绩效', '个人绩效']), listed([3, 5]), listed(['甲']), listed([])]).toEqual(['组织绩效、个人绩效', '3、5', '甲', ''])
  tellIn('en')
  expect([listed(['organisation', 'person']), listed([3, 5]), listed(['one']), listed([])]).toEqual(['organisation, person', '3, 5', 'one', ''])
})

test('what is refused of a batch is told in English in the English console', async () => {
  tellIn('en')
  const refuse = (): Promise<never> => Promise.reject(new Problem(422, 'batch', '有误', 'wrong', [{ row: 0, code: 'late', zh: '已过期', en: 'too late' }]))
  const account = await sendAllBut(['a'], 'k', refuse)
  expect(account.refused).toEqual([{ entry: 'a', text: 'too late', code: 'late' }])
})

test('nothing else chooses between the languages of a text', () => {
  const root = resolve(import.meta.dirname, '../..')
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name) && !/\.test\.ts$|told\.ts$|i18n\.ts$|schema\.d\.ts$|MePage\.vue$/.test(name))
    .flatMap((name) => readFileSync(join(root, name), 'utf8').split('\n').filter((line) => /=== 'en'|\.zh\b|join\('、'\)/.test(line)).map((line) => `${name}: ${line.trim().slice(0, 120)}`))
  expect(found).toEqual([])
})
