import { type Page, test as base, expect } from '@playwright/test'

export { expect }
export const URL_OF = (path: string): string => `${process.env['KAOHE_TEST_URL']}${path}`

interface Demo { account: string; role: string; name: string; bureau: string }
let known: Demo[] | null = null

export async function demo(page: Page): Promise<Demo[]> {
  known ??= ((await (await page.request.get(URL_OF('/api/v1/demo/accounts'))).json()) as { items: Demo[] }).items
  return known
}

/** Everything that a page says went wrong: CSP reports, errors of scripts, errors in its console. `expected` lets those through that a test provokes. */
export interface Watch { faults: string[]; expected: RegExp[] }

export const test = base.extend<{ watch: Watch }>({
  watch: [async ({ page }, use) => {
    const watch: Watch = { faults: [], expected: [] }
    page.on('pageerror', (error) => watch.faults.push(`error: ${error.message}`))
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') watch.faults.push(`console: ${message.text()} ${message.location().url}`) })
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)))
    await use(watch)
    expect(watch.faults.filter((fault) => !watch.expected.some((one) => one.test(fault)))).toEqual([])
  }, { auto: true }],
})

/** Enters as a role through the log-in page, as a newcomer does. */
export async function enter(page: Page, role: string): Promise<void> {
  const one = (await demo(page)).find((account) => account.role === role)
  if (!one) throw new Error(`no demo account of ${role}`)
  await page.context().clearCookies()
  await page.goto(URL_OF('/login'))
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await page.locator(`button.role[data-account="${one.account}"]`).click()
  await expect(page.locator('nav.side, nav.tabs').first()).toBeAttached()
  await settled(page)
}

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(URL_OF(path))
  await settled(page)
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.skeleton')).toHaveCount(0)
}
