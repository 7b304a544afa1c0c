import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { sendAllBut } from './batch'
import { clauses, headed, listed, noted, tellIn, told } from './told'

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

test('sentences in a row, a note in brackets and what follows a colon are put as the language of the console puts them', () => {
  const told = (): string[] => [clauses(['缺 1 天', '晚']), noted('甲', '一所'), noted('甲', ''), noted('甲', 0), headed('退回', '缺件'), headed('名称')]
  expect(told()).toEqual(['缺 1 天；晚', '甲（一所）', '甲', '甲（0）', '退回：缺件', '名称：'])
  tellIn('en')
  expect(told()).toEqual(['缺 1 天; 晚', '甲 (一所)', '甲', '甲 (0)', '退回: 缺件', '名称: '])
})

test('what is refused of a batch is told in English in the English console', async () => {
  tellIn('en')
  const refuse = (): Promise<never> => Promise.reject(new Problem(422, 'batch', '有误', 'wrong', [{ row: 0, code: 'late', zh: '已过期', en: 'too late' }]))
  const account = await sendAllBut(['a'], 'k', refuse)
  expect(account.refused).toEqual([{ entry: 'a', text: 'too late', code: 'late' }])
})

const root = resolve(import.meta.dirname, '../..')
/** The lines of the console's own sources on which something stands that only one language has. */
const lines = (but: RegExp, holds: (line: string) => boolean): string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name) && !/\.test\.ts$|told\.ts$|schema\.d\.ts$/.test(name) && !but.test(name))
  .flatMap((name) => readFileSync(join(root, name), 'utf8').split('\n').filter(holds).map((line) => `${name}: ${line.trim().slice(0, 120)}`))

test('nothing else chooses between the languages of a text', () => {
  expect(lines(/i18n\.ts$|MePage\.vue$/, (line) => /=== 'en'|\.zh\b|join\('、'\)/.test(line))).toEqual([])
})

/** Pages of the handbook go by their Chinese titles, a problem is said in both languages, what is typed may have either kind of comma, and comments are for who reads them. */
const ALLOWED = / help="[^"]*"|\/handbook\/[^"]*"|new Problem\(.*|\/\*\*.*|split\(\/.*|replace\(\/.*/g
test('no punctuation and no space of Chinese alone stands in a page: English pages would show it', () => {
  const both = /handbook.pages\.ts$|api.problem\.ts$|logic.action\.ts$/
  const chinese = (line: string): boolean => /[，。；：！？、（）《》“”【】\u3000]/.test(line)
  expect(lines(both, chinese).length).toBeGreaterThan(5) // the allowed ones are found
  expect(lines(both, (line) => chinese(line.replace(ALLOWED, '')))).toEqual([])
})

test('no page knows the lines of the reference: those of the bureau are read', () => {
  expect(lines(/^$/, (line) => /special_supervision|enforcement_support|association_guidance/.test(line))).toEqual([])
})
