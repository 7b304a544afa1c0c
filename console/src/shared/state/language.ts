import { inject, type InjectionKey } from 'vue'

export type Speak = (language: 'zh' | 'en') => Promise<void>
export const SPEAK: InjectionKey<Speak> = Symbol('speak')

/** How a page changes the language; the application provides it. */
export function useLanguage(): Speak {
  const speak = inject(SPEAK)
  if (!speak) throw new Error('no language to change')
  return speak
}
