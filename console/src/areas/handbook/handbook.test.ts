import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ENTRIES } from '@/app/menu'
import { type Block, type Inline, findIn, parse } from './markdown'
import { OF_ROLES, OF_THINGS, pageOf } from './pages'

const FOLDER = resolve(import.meta.dirname, '../../../../docs/handbook')
const SOURCES = resolve(import.meta.dirname, '../..')
const HEAVIEST = 2_000_000
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3))
const pages = new Map(names.map((name) => [name, parse(readFileSync(join(FOLDER, `${name}.md`), 'utf8'))]))
const picturesOf = (blocks: readonly Block[]): string[] => blocks.flatMap((one) => (one.kind === 'picture' ? [one.file] : []))
const drawn = readdirSync(join(FOLDER, 'pictures')).map((name) => `pictures/${name}`)

function inlines(block: Block): Inline[] {
  if (block.kind === 'list') return block.items.flatMap((one) => one.text)
  if (block.kind === 'table') return [block.head, ...block.rows].flat(2)
  return block.kind === 'code' || block.kind === 'picture' ? [] : block.text
}
/** Whether a page of the handbook, or a place of it, is there. */
function stands(address: string): boolean {
  const [page, place] = address.split('#')
  const blocks = pages.get(page ?? '')
  return !!blocks && (!place || blocks.some((one) => one.kind === 'heading' && one.id === place))
}

test('each page stands in the list, each role has one', () => {
  expect([...OF_ROLES.map((one) => one.page), ...OF_THINGS].sort()).toEqual([...names].sort())
  const roles = new Set(ENTRIES.flatMap((one) => [...(one.roles ?? [])]))
  expect([...roles, 'registrar'].filter((role) => !OF_ROLES.some((one) => one.roles.includes(role)))).toEqual([])
  expect(pageOf(new Set(['staff', 'unit_head']))).toBe('单位负责人')
  expect(pageOf(new Set())).toBe('操作台怎么用')
})

test('each picture that a page names is there, each that is there is named, all of them are light', () => {
  const named = [...pages.values()].flatMap(picturesOf)
  expect(named.filter((file) => !drawn.includes(file))).toEqual([])
  expect(drawn.filter((file) => !named.includes(file))).toEqual([])
  expect(drawn.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0)).toBeLessThan(HEAVIEST)
})

test('the page of a role goes in steps and shows them', () => {
  for (const { page } of OF_ROLES) {
    const blocks = pages.get(page) ?? []
    expect(picturesOf(blocks).length, page).toBeGreaterThan(0)
    expect(blocks.some((one) => one.kind === 'list' && one.ordered), page).toBe(true)
  }
})

test('each link of a page leads to a page, a place of it, or a file of the project', () => {
  const broken = [...pages].flatMap(([name, blocks]) => blocks.flatMap(inlines).flatMap((one) => (one.kind === 'link' && !/^https?:/.test(one.href) ? [decodeURIComponent(one.href)] : []))
    .filter((href) => (href.startsWith('../') ? !existsSync(join(FOLDER, href.split('#')[0] ?? '')) : !stands(href.replace('.md', '')))).map((href) => `${name}: ${href}`))
  expect(broken).toEqual([])
})

test('each page of the console leads to the place that explains it', () => {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue')).map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')] as const)
  const LEADS = /(?<!:)\bhelp="([^"]+)"|\/handbook\/([^"'`$]+)"|'([\u4e00-\u9fff\d、]+#[^'\s]+)'/g
  const leading = sources.flatMap(([name, text]) => [...text.matchAll(LEADS)].map((found) => [name, found[1] ?? found[2] ?? found[3] ?? ''] as const))
  expect(leading.length).toBeGreaterThan(40)
  expect(leading.filter(([, address]) => !stands(address))).toEqual([])
  expect(sources.filter(([name, text]) => name.startsWith('areas/') && !name.includes('handbook') && text.includes('<PageHead') && !text.includes('help="')).map(([name]) => name)).toEqual([])
})

test('words are found on the page and under the heading that has them', () => {
  const blocks = parse('# 甲\n\n## 一、申报\n\n撤回申报，写明理由。\n\n## 二、核实\n\n退回\n')
  expect(findIn(blocks, '撤回 理由')).toEqual([{ id: '一申报', heading: '一、申报', text: '撤回申报，写明理由。' }])
  expect(findIn(blocks, '没有的')).toEqual([])
  expect([...pages.values()].flatMap((one) => findIn(one, '撤回申报')).length).toBeGreaterThan(2)
})
