import { useI18n } from 'vue-i18n'

/** What was done to an account, in words; a kind that nobody has named is told as it is. */
export function useEvents(): { said: (kind: string) => string } {
  const { t, te } = useI18n()
  return {
    said: (kind) => {
      const key = `accounts.event.${kind.replaceAll('.', '_')}`
      return te(key) || te(key, 'zh') ? t(key) : kind
    },
  }
}
