import { effectScope } from 'vue'
import { expect, test } from 'vitest'
import { usePages } from './pages'

test('a list grows by a page, is read again with as many and begins with one', async () => {
  const asked: (string | undefined)[] = []
  const pages: Record<string, { items: number[]; next: string | null }> = { '': { items: [1, 2], next: 'a' }, a: { items: [3, 4], next: 'b' }, b: { items: [5], next: null } }
  const read = effectScope().run(() => usePages((after) => {
    asked.push(after)
    return Promise.resolve(pages[after ?? ''] ?? { items: [], next: null })
  }))
  await read?.begin()
  expect(read?.data.value).toEqual({ items: [1, 2], more: true })
  await read?.further()
  await read?.load()
  expect(read?.data.value).toEqual({ items: [1, 2, 3, 4], more: true })
  await read?.further()
  await read?.further()
  expect(read?.data.value).toEqual({ items: [1, 2, 3, 4, 5], more: false })
  asked.length = 0
  await read?.begin()
  expect([asked, read?.data.value]).toEqual([[undefined], { items: [1, 2], more: true }])
})
