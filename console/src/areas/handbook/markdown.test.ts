import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { inline, parse } from './markdown'

test('emphasis, code and links become parts, never HTML', () => {
  expect(inline('**必须**写 `due` 见[状态图](../a.md)<b>').map((one) => [one.kind, one.text])).toEqual([['strong', '必须'], ['text', '写 '], ['code', 'due'], ['text', ' 见'], ['link', '状态图'], ['text', '<b>']])
})

test('headings, lists, tables, code and paragraphs are told apart', () => {
  const found = parse('# 申报\n\n一段\n接着\n\n- 甲\n  - 乙\n- 丙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n\n    make up\n')
  expect(found.map((one) => one.kind)).toEqual(['heading', 'paragraph', 'list', 'table', 'code', 'code'])
  expect(found[1]).toMatchObject({ text: [{ text: '一段接着' }] })
  expect(found[2]).toMatchObject({ items: [{ level: 0 }, { level: 1 }, { level: 0 }] })
})

test('whatever is written, parsing ends', () => {
  for (const text of ['|', '|a|', '```', '#', '>', '   x', '- ', '1.', '    ']) expect(Array.isArray(parse(text))).toBe(true)
})

test('the handbook is for people: it names pages, not addresses of the API', () => {
  const folder = resolve(import.meta.dirname, '../../../../docs/handbook')
  const named = readdirSync(folder).filter((name) => name.endsWith('.md')).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')
    .filter((line) => /\b(GET|POST|PUT|PATCH|DELETE) |\/api\/|`\/[a-z]|`…?\/[a-z]|`\?[a-z_]+=/.test(line)).map((line) => `${name}: ${line}`))
  expect(named).toEqual([])
})
