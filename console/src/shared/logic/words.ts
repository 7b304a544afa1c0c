import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Schemas } from '@/api/client'
import { quantity } from './numbers'
import { listed } from './told'

export interface Words { word: (family: string, code: string | null | undefined) => string; codes: (family: string) => string[]; counted: (counts: Record<string, string> | null | undefined) => string }

/** How often words have come: messages that are merged in do not tell what has been drawn with them. */
const come = ref(0)
export const wordsCame = (): void => { come.value += 1 }
/** What has been looked up since words last came, in the language of now: a long list asks for the same few again and again. */
const found = new Map<string, string>()
let foundIn = ''

/** In whose words the status of each kind of fact or deed is told. */
const FAMILIES: Readonly<Record<Schemas['Deed' | 'FactDocument']['kind'] | 'claim', string>> = {
  declaration: 'declaration_status', task_order: 'order_status', order: 'order_status', inquiry: 'inquiry_status', work: 'work_status', contribution: 'contribution_status', evaluation: 'campaign_status',
  campaign: 'campaign_status', claim: 'claim_status', veto: 'veto_status', spot_check: 'spot_check_status', appeal: 'appeal_status',
}
export const familyOf = (kind: string): string => (FAMILIES as Readonly<Record<string, string>>)[kind] ?? ''

/** Codes in words. A code without a word shows itself, which the tests do not let pass for those that the API names. */
export function useWords(): Words {
  const { t, te, tm, locale } = useI18n()
  const word = (family: string, code: string | null | undefined): string => {
    if (!code) return '—'
    const now = `${locale.value} ${come.value}`
    if (now !== foundIn) {
      found.clear()
      foundIn = now
    }
    const key = `words.${family}.${code}`
    const text = found.get(key) ?? (te(key) || te(key, 'zh') ? t(key) : code)
    found.set(key, text)
    return text
  }
  return {
    word,
    codes: (family) => { void come.value; return Object.keys(tm(`words.${family}`) as object) },
    counted: (counts) => listed(Object.entries(counts ?? {}).map(([key, value]) => `${word('quantity', key)} ${quantity(value)}`)) || '—',
  }
}
