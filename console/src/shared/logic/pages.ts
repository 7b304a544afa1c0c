import type { Page } from '@/api/client'
import { type Resource, useResource } from './resource'

export interface Pages<T> extends Resource<{ items: T[]; more: boolean }> { begin: () => Promise<void>; further: () => Promise<void> }

/** A list that comes a page at a time: it begins with one and grows `further`. Loaded again it has the pages that it had, so that nobody loses their place. */
export function usePages<T>(page: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>): Pages<T> {
  let pages = 1
  const read = useResource(async (signal) => {
    const items: T[] = []
    let after: string | undefined
    for (let number = 0; number < pages && (after || !number); number += 1) {
      const one = await page(after, signal)
      items.push(...one.items)
      after = one.next ?? undefined
    }
    return { items, more: !!after }
  })
  const upTo = (number: number): Promise<void> => {
    pages = number
    return read.load()
  }
  return { ...read, begin: () => upTo(1), further: () => upTo(pages + 1) }
}
