import { createI18n } from 'vue-i18n'
import { tellIn } from '@/shared/logic/told'
import { wordsCame } from '@/shared/logic/words'

export interface Messages { [key: string]: string | Messages }
const chinese = import.meta.glob<Messages>('../locales/zh/*.json', { eager: true, import: 'default' })
const english = import.meta.glob<Messages>('../locales/en/*.json', { import: 'default' })
const areaOf = (path: string): string => /([^/]+)\.json$/.exec(path)?.[1] ?? path

export const zh: Messages = Object.fromEntries(Object.entries(chinese).map(([path, messages]) => [areaOf(path), messages]))

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  messages: { zh },
})

export async function speak(language: 'zh' | 'en'): Promise<void> {
  if (language === 'en' && !(i18n.global.availableLocales as string[]).includes('en')) {
    const read = await Promise.all(Object.entries(english).map(async ([path, load]) => [areaOf(path), await load()] as const))
    i18n.global.setLocaleMessage('en' as 'zh', Object.fromEntries(read))
    merge()
  }
  // without the legacy API the locale is a ref; the type that vue-i18n infers from the messages says a string
  ;(i18n.global.locale as unknown as { value: string }).value = language
  tellIn(language)
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
}

type Told = Record<string, Record<string, { zh: string; en: string }>>
let told: Told | null = null

/**
 * In Chinese what the API calls its codes holds: papers and screens say the same. Its English is the code in words: it fills in only
 * what nobody has written.
 */
export function takeWords(words: Told): void {
  told = words
  merge()
}

/** What the bureau calls its lines, the five of the reference or its own. */
let lines: Told[string] = {}
export function takeLines(named: ReadonlyMap<string, string>): void {
  lines = Object.fromEntries([...named].map(([code, name]) => [code, { zh: name, en: name }]))
  merge()
}

function merge(): void {
  const words: Told = { ...told, line: { ...told?.['line'], ...lines } }
  const named = (name: (list: string, code: string, names: { zh: string; en: string }) => string): Messages => Object.fromEntries(
    Object.entries(words).map(([list, codes]) => [list, Object.fromEntries(Object.entries(codes).map(([code, names]) => [code, name(list, code, names)]))]))
  i18n.global.mergeLocaleMessage('zh', { words: named((_list, _code, names) => names.zh) })
  wordsCame()
  if (!(i18n.global.availableLocales as string[]).includes('en')) return
  const written = (i18n.global.getLocaleMessage('en' as 'zh') as { words?: Record<string, Record<string, string>> }).words ?? {}
  i18n.global.mergeLocaleMessage('en' as 'zh', { words: named((list, code, names) => written[list]?.[code] ?? sentence(names.en)) })
  wordsCame()
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
