import { URL_OF, enter, expect, open, test } from './support'

/** What Chromium 90 (奇安信可信, UOS) does not have yet of what the console's scripts use. */
const missing = (): void => {
  for (const [owner, names] of [[Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']], [String.prototype, ['at', 'isWellFormed', 'toWellFormed']], [Object, ['hasOwn', 'groupBy']], [Map, ['groupBy']], [Promise, ['withResolvers', 'try']], [globalThis, ['structuredClone']]] as const) {
    for (const name of names) Reflect.deleteProperty(owner, name)
  }
}

test('C13 a browser before Chromium 87 is told what is needed instead of a white page', async ({ page, watch }) => {
  watch.expected.push(/error:/, /console:/)
  await page.addInitScript(() => { Reflect.deleteProperty(String.prototype, 'replaceAll') })
  await page.goto(URL_OF('/login'))
  await expect(page.locator('#gate')).toBeVisible()
  await expect(page.locator('#gate')).toContainText('87')
})

test('C13 without what Chromium 90 lacks the month, the desk of assessors, a score and a case still work', async ({ page }) => {
  await page.addInitScript(missing)
  await enter(page, 'unit_head', '/declare?period=2026-M11')
  await expect(page.locator('tr[data-key]').first()).toBeVisible()
  for (const path of ['/verify', '/score', '/orders?view=board', '/me/safety', '/library/02-01-01']) {
    await open(page, path)
    await expect(page.locator('main h1, main h2').first(), path).toBeVisible()
    await expect(page.getByRole('alert'), path).toHaveCount(0)
  }
  await enter(page, 'complaints_centre', '/cases?show=all')
  await expect(page.getByRole('listbox', { name: '案件' }).getByRole('option').first()).toBeVisible()
})
