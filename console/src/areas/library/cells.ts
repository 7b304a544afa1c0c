import { useI18n } from 'vue-i18n'
import { useWords } from '@/shared/logic/words'
import { useNames } from '@/shared/state/names'
import { listed } from '@/shared/logic/told'
import { familyOf, yearOf } from './columns'

/** A column's title and a cell's content in words. */
export function useCells(): { title: (column: string) => string; text: (column: string, value: unknown) => string; standing: (indicator: string, column: string) => string } {
  const { t } = useI18n()
  const { word } = useWords()
  const names = useNames()
  function title(column: string): string {
    const year = yearOf(column)
    return year ? t(`library.${year.kind}Of`, { year: year.year }) : word('library_column', column)
  }
  function text(column: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return t('library.nothing')
    const family = familyOf(column)
    const parts = Array.isArray(value) ? value.map(String) : String(typeof value === 'object' ? JSON.stringify(value) : value).split(family ? '|' : '\n')
    return listed(parts.map((one) => (family ? word(family, one) : one)))
  }
  /** What stands in a cell of the library now, as it is typed. */
  function standing(indicator: string, column: string): string {
    const value = (names.indicators.get(indicator) as Record<string, unknown> | undefined)?.[column]
    if (Array.isArray(value)) return value.join('|')
    return column === 'assessor' ? names.unit(String(value ?? '')) : String(value ?? '')
  }
  return { title, text, standing }
}
