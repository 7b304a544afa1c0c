import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const LOCALES = resolve(import.meta.dirname, '../../src/locales')
type Messages = { [key: string]: string | Messages }
const read = (language: string, file: string): Messages => JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as Messages
const paths = (messages: Messages, before = ''): string[] => Object.entries(messages).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : paths(value, `${before}${key}.`)))
const texts = (messages: Messages): string[] => Object.values(messages).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)))
const files = readdirSync(join(LOCALES, 'zh'))

test('English has every text that Chinese has; of the API’s words, which come in Chinese, it says some better', () => {
  expect(readdirSync(join(LOCALES, 'en'))).toEqual(files)
  for (const file of files) {
    const [english, chinese] = [paths(read('en', file)), paths(read('zh', file))]
    expect(english.filter((path) => file !== 'words.json' || chinese.includes(path)).sort(), file).toEqual(chinese.sort())
  }
})

test('no English text stands in Chinese', () => {
  for (const file of files) for (const text of texts(read('en', file))) expect(text, file).not.toMatch(/[\u4e00-\u9fff]/)
})

test('every list of words that a page asks for is one of the API’s, or stands in the locales', () => {
  const root = resolve(import.meta.dirname, '../../src')
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  const asked = pages.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/\b(?:word|codes)\('(\w+)'|\bfamily="(\w+)"/g)].map((found) => found[1] ?? found[2] ?? ''))
  const told = [...readFileSync(resolve(root, '../../shared/vocabulary/words.py'), 'utf8').matchAll(/^ {4}"(\w+)":/gm)].map((found) => found[1] ?? '')
  const known = new Set([...told, 'quantity', ...Object.keys(read('zh', 'words.json'))])
  expect(asked.length).toBeGreaterThan(100)
  expect([...new Set(asked)].filter((one) => !known.has(one))).toEqual([])
})
