import type { Page } from '@playwright/test'

export const MANY = 100_000

/** From now on each list of what waits has 100,000 rows: those that the API gives, as often as it takes, each with an id of its own. */
export const multiply = (page: Page): Promise<unknown> => page.addInitScript((many) => {
  const json = Response.prototype.json
  Response.prototype.json = async function (this: Response): Promise<unknown> {
    const found = (await json.call(this)) as { items?: { declaration: string }[] }
    const { items } = found
    if (!this.url.includes('waiting=') || !items?.length) return found
    const rows = Array.from({ length: many }, (_, at) => ({ ...items[at % items.length], declaration: `${items[at % items.length]?.declaration}-${at}` }))
    return { ...found, items: rows, next: null }
  }
}, MANY)
