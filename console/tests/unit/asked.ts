import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Operation { method: string; path: string; id: string }
const LISTED = /^ {4}"(\/[^"]+)": \{\n([\s\S]*?)^ {4}\};$/gm
const METHOD = /^ {8}(get|put|post|delete|patch): operations\["([^"]+)"\];$/gm

/** Every operation of the API, by its document's types. */
export function operations(schema: string): Operation[] {
  const paths = schema.slice(0, schema.indexOf('export type webhooks'))
  return [...paths.matchAll(LISTED)].flatMap(([, path = '', body = '']) => [...body.matchAll(METHOD)].map(([, method = '', id = '']) => ({ method: method.toUpperCase(), path: path.replace('/api/v1/', ''), id })))
}

interface Segment { text: string; open: boolean; words: string[] }
interface Asked { method: string | null; path: Segment[] }
interface Source { file: string; area: string; asked: Asked[]; methods: Set<string>; words: Set<string> }

/** A template literal from its first backtick on, its expressions replaced by \0 and told apart. */
function template(text: string, start: number): { shape: string; inner: string[]; end: number } {
  let shape = ''
  const inner: string[] = []
  let at = start + 1
  for (; at < text.length && text[at] !== '`'; at++) {
    if (!text.startsWith('${', at)) { shape += text[at]; continue }
    let depth = 1
    const first = at + 2
    for (at = first; at < text.length; at++) {
      if (text[at] === '`') at = template(text, at).end
      else if (text[at] === '{') depth++
      else if (text[at] === '}' && !--depth) break
    }
    shape += '\0'
    inner.push(text.slice(first, at))
  }
  return { shape, inner, end: at }
}

function asked(shape: string, before: string, inner: readonly string[] = []): Asked | null {
  const [path = ''] = shape.replace(/^\/api\/v1\//, '').split('?')
  const method = /sendJson(?:<[\s\S]{0,300}?>)?\(\s*'(\w+)',\s*$/.exec(before)?.[1] ?? (/getJson(?:<[^(]{0,300}>)?\(\s*$|(?:href|src)="?\s*$/.test(before) ? 'GET' : null)
  let at = 0
  const segments = path.split('/').map((text) => ({ text, open: text.includes('\0'), words: [...text].filter((one) => one === '\0').flatMap(() => [...(inner[at++] ?? '').matchAll(/'([a-z][\w-]*)'/g)].map((one) => one[1] ?? '')) }))
  if (!/^[a-z\0][\w.\0/-]*$/.test(path) || segments.every((one) => one.text === '\0' && !one.words.length)) return null
  return !path.includes('/') && !method && !/(?:\(|path="|path: )$/.test(before) ? null : { method, path: segments }
}

function source(file: string): Source {
  const text = readFileSync(file, 'utf8')
  const found: (Asked | null)[] = []
  for (let at = text.indexOf('`'); at >= 0; ) {
    const { shape, inner, end } = template(text, at)
    found.push(asked(shape, text.slice(Math.max(0, at - 340), at), inner))
    for (const inner of text.slice(at + 1, end).matchAll(/`/g)) { const deep = template(text, at + 1 + (inner.index ?? 0)); found.push(asked(deep.shape, '', deep.inner)) }
    at = text.indexOf('`', end + 1)
  }
  for (const one of text.matchAll(/(['"])(\/?[a-z][\w./-]*(?:\?[^'"\n]*)?)\1/g)) found.push(asked(one[2] ?? '', text.slice(Math.max(0, one.index - 340), one.index)))
  const sent = [...text.matchAll(/sendJson(?:<[\s\S]{0,300}?>)?\(\s*('?)(\w+)/g)]
  const methods = new Set(sent.flatMap(([, quote, name = '']) => (quote ? [name] : ['POST', 'PUT', 'PATCH', 'DELETE'])))
  const words = new Set([...text.matchAll(/['"]([a-z][\w-]*)['"]|\b([a-z]\w*)\??:/g)].map(([, quoted, key]) => (quoted ?? key ?? '').replaceAll('_', '-')))
  for (const [, name = ''] of text.matchAll(/method: ['"](\w+)['"]/g)) methods.add(name)
  return { file, area: dirname(file), asked: found.filter((one) => one !== null), methods, words }
}

/** What each file of a folder asks the API for; `deep`: of the folders in it too. */
export function sources(folder: string, deep = true): Source[] {
  const files = readdirSync(folder, { recursive: deep, encoding: 'utf8' }).filter((name) => /\.(vue|ts|js|html)$/.test(name) && !/\.test\.ts$|schema\.d\.ts$|routes\.ts$|menu\.ts$/.test(name))
  return files.map((name) => source(join(folder, name)))
}

/** Whether what a file asks for is the operation: an expression stands for a parameter, for a word that its area knows, or in front for a path that its area has. */
function fits(one: Asked, wanted: string[], near: Near, whole = true): boolean {
  const { path } = one
  if (whole && path[0]?.text === '\0' && path.length > 1 && path.length <= wanted.length) {
    const cut = wanted.length - path.length + 1
    return near.asked.some((other) => other !== one && fits(other, wanted.slice(0, cut), near)) && fits({ ...one, path: path.slice(1) }, wanted.slice(cut), near, false)
  }
  return path.length === wanted.length && path.every((segment, at) => {
    const want = wanted[at] ?? ''
    return want === segment.text || (segment.open && (want.startsWith('{') || (segment.text === '\0' && (segment.words.length ? segment.words.includes(want) : near.words.has(want)))))
  })
}

interface Near { asked: Asked[]; words: Set<string>; methods: Set<string> }
const areas = new Map<string, Near>()
function near(all: readonly Source[], area: string): Near {
  const files = all.filter((one) => one.area === area)
  const known = areas.get(area) ?? { asked: files.flatMap((one) => one.asked), words: new Set(files.flatMap((one) => [...one.words])), methods: new Set(files.flatMap((one) => [...one.methods])) }
  areas.set(area, known)
  return known
}

export function users(all: readonly Source[], operation: Operation): Source[] {
  return all.filter((file) => file.asked.some((one) => {
    const beside = near(all, file.area)
    const method = one.method === null ? operation.method === 'GET' || one.path.length > 1 && beside.methods.has(operation.method) : one.method === operation.method
    return method && fits(one, operation.path.split('/'), beside)
  }))
}
