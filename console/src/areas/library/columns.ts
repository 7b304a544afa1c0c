/** The columns of the library's sheet and what stands in their cells, as people say it. */
export type Cells = Record<string, string | null>
export interface CellChange { column: string; before: string; after: string }

/** What holds no code is shown as it stands; `|` parts the several codes of one cell. */
const FAMILY: Record<string, string> = { category: 'category', nature: 'nature', tool: 'tool', line: 'line', layers: 'layer', rule: 'rule', frequency: 'frequency', source: 'source' }
export const familyOf = (column: string): string | null => FAMILY[column] ?? null

/** `history_2025` and `target_2026`: which year, and which of the two. */
export function yearOf(column: string): { kind: 'history' | 'target'; year: string } | null {
  const found = /^(history|target)_(\d{4})$/.exec(column)
  return found ? { kind: found[1] as 'history' | 'target', year: found[2] ?? '' } : null
}

/** The cells that a change made different; of an added or removed indicator those that hold something. */
export function changedCells(before: Cells | null, after: Cells | null): CellChange[] {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return columns
    .map((column) => ({ column, before: before?.[column] ?? '', after: after?.[column] ?? '' }))
    .filter((one) => one.before !== one.after)
}

/** What may be put into a cell: the codes of its column's list, or nothing where anything may. */
export const PUT = ['level1', 'level2', 'name', 'category', 'nature', 'tool', 'line', 'layers', 'measure_unit', 'full_points', 'rule', 'frequency', 'assessor', 'evidence', 'standard', 'basis', 'source', 'per_person_cap'] as const
export const LONG = new Set(['evidence', 'standard', 'basis'])
export const LAYERS = ['person', 'division', 'station'] as const
