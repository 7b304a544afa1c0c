import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/** What the built console weighs: `make console` comes first. */
const BUILT = resolve(import.meta.dirname, '../../../gateway/web/console')
interface Chunk { file: string; imports?: string[]; css?: string[]; isEntry?: boolean; isDynamicEntry?: boolean }
const manifest = JSON.parse(readFileSync(join(BUILT, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

function scripts(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = manifest[name]
    if (!chunk || seen.has(chunk.file)) continue
    seen.add(chunk.file)
    scripts(chunk.imports ?? [], seen)
  }
  return seen
}
const packed = new Map<string, number>()
function sizeOf(file: string): number {
  const size = packed.get(file) ?? gzipSync(readFileSync(join(BUILT, file))).length
  packed.set(file, size)
  return size
}
const kilobytes = (names: readonly string[]): number => [...scripts(names)].reduce((sum, file) => sum + sizeOf(file), 0) / 1024
const named = (end: string): string => Object.keys(manifest).find((name) => name.endsWith(end)) ?? ''

test('log-in, shell and home are at most 200 kB of packed scripts', { timeout: 60_000 }, () => {
  expect(kilobytes(['index.html', named('LoginPage.vue'), named('AppShell.vue'), named('HomePage.vue')])).toBeLessThan(200)
})

test('no page is more than 350 kB of packed scripts', { timeout: 60_000 }, () => {
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isDynamicEntry) expect(kilobytes(['index.html', named('AppShell.vue'), name]), name).toBeLessThan(350)
})
