import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { licences } from './licences.ts'

const OUT = resolve(import.meta.dirname, '../gateway/web/console')
const GATEWAY = process.env['KAOHE_URL'] ?? 'http://127.0.0.1:8000'

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry)
    if (statSync(path).isDirectory()) yield* files(path)
    else yield path
  }
}

/** Writes `.gz` beside what is worth it, and last of all the mark that the build is whole. */
function compressed(): Plugin {
  return {
    name: 'kaohe-compressed',
    apply: 'build',
    closeBundle() {
      const hash = createHash('sha256')
      for (const path of [...files(OUT)].sort()) {
        const content = readFileSync(path)
        hash.update(content)
        if (/\.(js|css|html|svg|json|md|txt)$/.test(path) && content.length > 1024) writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
      }
      writeFileSync(join(OUT, '.built'), `${hash.digest('hex')}\n`)
    },
  }
}

export default defineConfig({
  plugins: [
    vue(),
    licences(),
    compressed(),
  ],
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_DROP_MESSAGE_COMPILER__: false },
  resolve: { alias: { '@': resolve(import.meta.dirname, 'src') } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: true,
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // What most pages need is one file: forty small ones took a slow line half a second, each waiting for its turn.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: /console\/src\/(api|shared)\//, minShareCount: 8 }] } } },
  },
  server: { port: 5173, proxy: { '/api': GATEWAY, '/vote': GATEWAY, '/favicon.ico': GATEWAY } },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'], testTimeout: 90_000 },
})
