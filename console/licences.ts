import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What a bureau may pass on as it is; anything else is a decision, not an update. */
const ALLOWED = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD']
const PACKAGE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//

interface Described { name: string; version: string; license?: string }

/** A package whose code went into the build, with its licence in its own words. */
function told(folder: string): string {
  const { name, version, license = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described
  if (!ALLOWED.includes(license)) throw new Error(`${name} ${version} is under ${license || 'no licence'}: not among ${ALLOWED.join(', ')}`)
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one))
  return `${name} ${version}\n${license}\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`
}

/** Writes `licences.txt` into the build: every package of which something is shipped. */
export function licences(): Plugin {
  return {
    name: 'kaohe-licences',
    apply: 'build',
    generateBundle(_, bundle) {
      const folders = new Set<string>()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const folder = PACKAGE.exec(id.replace(/^\0/, ''))?.[1]
          if (folder && existsSync(join(folder, 'package.json'))) folders.add(folder)
        }
      }
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: [...folders].sort().map(told).join(`\n${'-'.repeat(72)}\n\n`) })
    },
  }
}
