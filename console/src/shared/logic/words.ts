import { useI18n } from 'vue-i18n'

export interface Words { word: (family: string, code: string | null | undefined) => string; language: () => string }

/** Codes in words. A code without a word shows itself, which the tests do not let pass for those that the API names. */
export function useWords(): Words {
  const { t, te, locale } = useI18n()
  return {
    word: (family, code) => {
      if (!code) return '—'
      const key = `words.${family}.${code}`
      return te(key) || te(key, 'zh') ? t(key) : code
    },
    language: () => locale.value,
  }
}
