import { nextTick, ref } from 'vue'

/** Whether the page is being printed: lists then draw what is out of sight, too. */
export const printing = ref(false)
window.addEventListener('beforeprint', () => { printing.value = true })
window.addEventListener('afterprint', () => { printing.value = false })

/** Prints the page once all of it is drawn: nothing can be drawn while a script waits for the printer. */
export async function printPage(): Promise<void> {
  printing.value = true
  await nextTick()
  window.print()
  printing.value = false
}
