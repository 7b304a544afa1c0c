import type { Ref } from 'vue'

/** The month as a sheet: up and down keep the column, Enter takes the next row that is still open, Home and End the ends. */
export function gridKeys(table: Ref<HTMLElement | null>, choose: (key: string) => void) {
  const rows = (): HTMLElement[] => [...(table.value?.querySelectorAll<HTMLElement>('tr[data-key]') ?? [])]
  const cells = (row: HTMLElement | undefined): HTMLInputElement[] => [...(row?.querySelectorAll<HTMLInputElement>('.cell') ?? [])]

  function enter(row: HTMLElement | undefined, column: number): boolean {
    const found = cells(row)
    const cell = found[Math.min(column, found.length - 1)]
    if (!row || !cell) return false
    cell.focus()
    if (cell.type !== 'checkbox') cell.select()
    row.scrollIntoView({ block: 'nearest' })
    choose(row.dataset['key'] ?? '')
    return true
  }

  function step(from: number, by: 1 | -1, column: number): void {
    const all = rows()
    for (let at = from + by; at >= 0 && at < all.length; at += by) if (enter(all[at], column)) return
  }

  function pressed(event: KeyboardEvent): void {
    const cell = event.target as HTMLElement
    const row = cell.closest<HTMLElement>('tr[data-key]')
    if (!row || event.ctrlKey || event.altKey || event.isComposing || !cell.classList.contains('cell')) return
    const at = rows().indexOf(row)
    const column = cells(row).indexOf(cell as HTMLInputElement)
    if (event.key === 'ArrowDown') step(at, 1, column)
    else if (event.key === 'ArrowUp') step(at, -1, column)
    else if (event.key === 'Enter') {
      const tick = cell as HTMLInputElement
      if (tick.type === 'checkbox' && !tick.checked) tick.click()
      const next = cells(row)[column + 1]
      if (next) {
        next.focus()
        next.select()
      } else step(at, 1, 0)
    } else return
    event.preventDefault()
  }

  function focus(key: string): void {
    if (window.matchMedia('(max-width: 699px)').matches) return
    enter(rows().find((row) => row.dataset['key'] === key), 0)
  }
  return { pressed, focus }
}
