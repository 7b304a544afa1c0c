import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Locator, type Page, test as base, expect } from '@playwright/test'

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
/** Ends what the page still asks for, so that nothing is refused for a session that is gone. */
async function leave(page: Page): Promise<void> {
  if (page.url().startsWith('http')) {
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => localStorage.clear())
    await page.goto('about:blank')
  }
  await page.context().clearCookies()
}

export async function enter(page: Page, role: string): Promise<void> {
  const one = (await demo(page)).find((account) => account.role === role)
  if (!one) throw new Error(`no demo account of ${role}`)
  await leave(page)
  await page.goto(URL_OF('/login'))
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

interface Known { account: string; password: string; role: string; person: string; unit: string }
export const accounts = (): Known[] => (JSON.parse(readFileSync(join(process.env['KAOHE_TEST_VAR'] ?? '', 'demo-accounts.json'), 'utf8')) as { accounts: Known[] }).accounts

/** Enters as a person of the bureau, by password. */
export async function enterAs(page: Page, person: string): Promise<void> {
  const one = accounts().find((account) => account.account === person.toLowerCase())
  await leave(page)
  await page.goto(URL_OF('/login'))
  const status = await page.evaluate(async ({ account, password }) => {
    const answer = await fetch('/api/v1/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password }) })
    localStorage.clear()
    localStorage.setItem('kaohe here', '1')
    return answer.status
  }, { account: one?.account ?? person, password: one?.password ?? '' })
  expect(status, `log-in of ${person}`).toBe(201)
}

/** Reads the API as whoever is logged in. */
export async function api<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(URL_OF(`/api/v1/${path}`))).json()) as T
}

export async function openCycle(page: Page): Promise<string> {
  return (await api<{ items: { cycle: string; status: string }[] }>(page, 'cycles')).items.find((one) => one.status === 'open')?.cycle ?? ''
}

/** The control of a field by its exact caption (a caption around a select would also match by its options). */
export function field(root: Page | Locator, caption: string | RegExp): Locator {
  const page = 'page' in root ? root.page() : root
  const text = caption instanceof RegExp ? caption : new RegExp(`^\\s*${caption.replace(/[()（）]/g, '\\$&')}\\s*$`)
  return root.locator('label.field').filter({ has: page.locator('span:first-child').filter({ hasText: text }) }).locator('input, select, textarea')
}

/** Whether a dialog went after its button was pressed; false where it stays with what was refused. */
export const gone = (box: Locator): Promise<boolean> =>
  Promise.race([box.waitFor({ state: 'hidden' }).then(() => true), box.getByRole('alert').waitFor({ state: 'visible' }).then(() => false)])
