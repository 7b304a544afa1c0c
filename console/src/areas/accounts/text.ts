import { noted } from '@/shared/logic/told'
import { useWords } from '@/shared/logic/words'
import { useNames } from '@/shared/state/names'
import type { Grant } from './grants'

/** A role in words with whom it is about: `科所负责人（城东所）`. */
export function useGrantText(): { text: (grant: Grant) => string } {
  const { word } = useWords()
  const names = useNames()
  return {
    text: (grant) => {
      const target = grant.scope === 'unit' ? names.unit(grant.target) : grant.scope === 'line' ? word('line', grant.target) : word('scope', grant.scope)
      return noted(word('role', grant.role), target)
    },
  }
}
