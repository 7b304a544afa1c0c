import { ref } from 'vue'

/** The language of the console, as what computes asks for it; src/app/i18n.ts sets it. */
const language = ref<'zh' | 'en'>('zh')
export const tellIn = (wanted: 'zh' | 'en'): void => { language.value = wanted }
export const english = (): boolean => language.value === 'en'

/** What the API tells in both languages, in that of the console; the other where one is missing. */
export function told(texts: { zh?: string | undefined; en?: string | undefined } | null | undefined): string {
  return (english() ? texts?.en || texts?.zh : texts?.zh || texts?.en) ?? ''
}

/** Things in a row, as a sentence of the console's language lists them. */
export const listed = (items: readonly (string | number)[]): string => items.join(english() ? ', ' : '、')

/** Sentences in a row, which may have commas of their own. */
export const clauses = (items: readonly string[]): string => items.join(english() ? '; ' : '；')

/** Something with what is noted of it in brackets behind it; alone where nothing is. */
export const noted = (name: string, note: string | number | undefined): string => (note === undefined || note === '' ? name : english() ? `${name} (${note})` : `${name}（${note}）`)

/** What something is called, and after the colon what is said of it. */
export const headed = (name: string, text = ''): string => `${name}${english() ? ': ' : '：'}${text}`
