import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Locator, type Page, type Request, test as base, expect } from '@playwright/test'

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

/** Watches a page from its beginning. */
export async function watching(page: Page): Promise<Watch> {
  const watch: Watch = { faults: [], expected: [] }
  counted(page)
  if (process.env['KAOHE_TEST_SLOW']) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: Number(process.env['KAOHE_TEST_SLOW']) })
  page.on('pageerror', (error) => watch.faults.push(`error: ${error.message}`))
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') watch.faults.push(`console: ${message.text()} ${message.location().url}`) })
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)))
  return watch
}
export const check = (watch: Watch): void => expect(watch.faults.filter((fault) => !watch.expected.some((one) => one.test(fault)))).toEqual([])

export const test = base.extend<{ watch: Watch }>({
  watch: [async ({ page }, use) => {
    const watch = await watching(page)
    await use(watch)
    check(watch)
  }, { auto: true }],
})

/** Requests that a page still waits for; what it measures counts as well, the stream of hints does not: it lasts as long as the page. */
const inflight = new WeakMap<Page, { open: Set<unknown>; changed: number }>()
function counted(page: Page): { open: Set<unknown>; changed: number } {
  let found = inflight.get(page)
  if (!found) {
    const counts = (found = { open: new Set<unknown>(), changed: Date.now() })
    inflight.set(page, counts)
    const lasts = (request: Request): boolean => request.url().includes('/api/v1/live')
    page.on('request', (request) => { if (lasts(request)) return; counts.open.add(request); counts.changed = Date.now() })
    const ended = (request: Request): void => { if (lasts(request)) return; counts.open.delete(request); counts.changed = Date.now() }
    page.on('requestfinished', ended)
    page.on('requestfailed', ended)
    page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) counts.open.clear() })
  }
  return found
}

const QUIET = 220
const POLL = 40
/** Waits until a page asks for nothing any more and shows no skeleton, nor waits to show one. */
export async function settled(page: Page): Promise<void> {
  const counts = counted(page)
  await expect.poll(async () => {
    if (counts.open.size || Date.now() - counts.changed < QUIET) return false
    // A page that has asked for all its scripts has not run them yet: what is mounted has children, and is busy until it knows the page and the year.
    return page.evaluate(() => new Promise<boolean>((drawn) => setTimeout(() => drawn(!document.querySelector('.skeleton, #app:empty, [aria-busy=true]'))))).catch(() => false)
  }, { intervals: [POLL], timeout: 60_000, message: `${page.url()} settles` }).toBe(true)
}

/** Ends what the page still asks for, so that nothing is refused for a session that is gone. */
async function leave(page: Page): Promise<void> {
  if (page.url().startsWith('http')) {
    await settled(page)
    await page.goto('about:blank')
  }
}

let entered = 0
/** Logs in beside the page, which then starts with an empty store as a browser does that was just logged in with. */
async function begin(page: Page, path: string, data: object, to: string): Promise<void> {
  await leave(page)
  const answer = await page.request.post(URL_OF(`/api/v1/${path}`), { data })
  expect(answer.status(), `log-in by ${path}`).toBe(201)
  const mark = `entered ${(entered += 1)}`
  await page.addInitScript((name) => {
    if (!location.protocol.startsWith('http') || sessionStorage.getItem(name)) return
    sessionStorage.setItem(name, '1')
    localStorage.clear()
    localStorage.setItem('kaohe here', '1')
  }, mark)
  await open(page, to)
}

/** Enters as a role of the demo and opens a page of it. */
export async function enter(page: Page, role: string, to = '/'): Promise<void> {
  const one = (await demo(page)).find((account) => account.role === role)
  if (!one) throw new Error(`no demo account of ${role}`)
  await begin(page, 'demo/sessions', { account: one.account }, to)
}

export async function open(page: Page, path: string): Promise<void> {
  counted(page) // from the first request on
  await page.goto(URL_OF(path))
  await settled(page)
}

interface Known { account: string; password: string; role: string; person: string; unit: string }
export const accounts = (): Known[] => (JSON.parse(readFileSync(join(process.env['KAOHE_TEST_VAR'] ?? '', 'demo-accounts.json'), 'utf8')) as { accounts: Known[] }).accounts

const SPARES = 3
/** Accounts of staff that a test may change, each test its own: passwords and roles of all others stay as they are. */
export const spares = (): Known[] => accounts().filter((one) => one.role === 'staff').slice(-SPARES)
export function spare(number: number): Known {
  const one = spares().reverse()[number]
  if (!one) throw new Error(`no spare account ${number}`)
  return one
}

/** The six digits that an authenticator shows for a secret now (RFC 6238). */
export function codeOf(secret: string): string {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const sum = createHmac('sha1', key).update(counter).digest()
  return ((sum.readUInt32BE((sum[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000).toString().padStart(6, '0')
}

/** Enters as a person of the bureau, by password. */
export async function enterAs(page: Page, person: string, to = '/'): Promise<void> {
  const one = accounts().find((account) => account.account === person.toLowerCase())
  await begin(page, 'sessions', { account: one?.account ?? person, password: one?.password ?? '' }, to)
}

/** Reads the API as whoever is logged in. */
export async function api<T>(page: Page, path: string): Promise<T> {
  // A connection that was idle for long is closed by the gateway, perhaps in the moment in which it is asked over.
  return (await (await page.request.get(URL_OF(`/api/v1/${path}`), { maxRetries: 3 })).json()) as T
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

/** The last month of the demo's cycle: its calendar is known and it is not closed, whatever day the tests run on. */
export const MONTH = '2026-12'
export const day = (number: number): string => `${MONTH}-${String(number).padStart(2, '0')}`
const LAST = 31
/** A picture of one point, as a file that is chosen. */
const POINT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
export const picture = (name: string): { name: string; mimeType: string; buffer: Buffer } => ({ name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from(POINT, 'base64') })

/** Puts a picture to what a part of a page is about, and sees it there. */
export async function attach(page: Page, part: Locator, name: string): Promise<void> {
  await part.getByRole('button', { name: '附上材料' }).click()
  const box = page.getByRole('dialog', { name: '附上材料' })
  await box.locator('input[type=file]').first().setInputFiles(picture(name))
  await settled(page)
  await box.getByRole('button', { name: /^附上/ }).click()
  expect(await gone(box)).toBe(true)
  await expect(part).toContainText(name)
}

/** What is typed so that each try and each run finds its own again. */
export const mark = (): string => Date.now().toString(36)

/** Fills in a dialog for `length` days that are free: another of before may lie on the first ones. */
export async function onFreeDays(page: Page, opens: string, sends: string, length: number, fill: (box: Locator, first: string, last: string) => Promise<unknown>): Promise<void> {
  const box = page.getByRole('dialog', { name: opens })
  for (let first = 1; first + length - 1 <= LAST; first += 1) {
    await page.getByRole('button', { name: opens }).click()
    await settled(page) // a draft of before has come
    await fill(box, day(first), day(first + length - 1))
    await box.getByRole('button', { name: sends }).click()
    if (await gone(box)) return
    await box.locator('footer').getByRole('button', { name: /取消|关闭/ }).click()
  }
  throw new Error('no day was free')
}

/**
 * What can be touched and is smaller than a finger: less than 44 pixels high or wide. A box to tick is as big as its label; a link within
 * a sentence is as high as the line, as everywhere.
 */
export const tooSmall = (page: Page): Promise<string[]> => page.evaluate(() => {
  const LEAST = 43.5
  const shown = (one: Element): boolean => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.visually-hidden, [aria-hidden="true"], .skip')
  const inSentence = (one: Element): boolean => one.tagName === 'A' && getComputedStyle(one).display === 'inline' && !!one.parentElement && [...one.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && !!node.textContent?.trim())
  const found = new Set<string>()
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role="button"], [role="option"], [role="tab"], [role="switch"]')) {
    if (!shown(one) || inSentence(one) || (one as HTMLButtonElement).disabled) continue
    const ticked = one instanceof HTMLInputElement && ['checkbox', 'radio', 'file'].includes(one.type)
    const { width, height } = ((ticked && one.closest('label')) || one).getBoundingClientRect()
    if (width && height && (width < LEAST || height < LEAST)) found.add(`${Math.round(width)}×${Math.round(height)} ${one.outerHTML.replace(/ data-v-\w+=""/g, '').slice(0, 140)}`)
  }
  return [...found]
})
