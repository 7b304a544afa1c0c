import type { Browser, Page } from '@playwright/test'
import { MANY, multiply } from './many'
import { type Pace, type Work, assess, declareMonth, takeDown } from './robots'
import { URL_OF, api, demo, enter, expect, mark, openCycle, settled, test } from './support'
import { longestTask } from './tasks'

/** What the console takes of people's time, printed beside its limit (`make console-bench`): no part of the tests, as a busy machine takes of it too. */
const SLOWER = 4
const OURS = 300 // milliseconds of an item
const MINUTE = 60_000
const tell = (what: string, took: string, limit: string): void => console.log(`${what}: ${took} (limit ${limit})`)

function judged(what: string, { done, whole, ours, processor }: Work, within: number): void {
  tell(what, `${done} in ${(whole / MINUTE).toFixed(1)} min, waited ${Math.round(ours / done)} ms each for the console, whose page took ${Math.round(processor / done)} ms of processor time each`, `${within / MINUTE} min, ${OURS} ms each`)
  expect.soft(whole, what).toBeLessThan(within)
}

test('C7 100,000 rows at a processor that is 4 times slower', async ({ page, watch }) => {
  watch.expected.push(/404/) // what stands there a second time is no declaration of the service
  await multiply(page)
  await enter(page, 'unit_head', '/verify')
  const list = page.getByRole('listbox', { name: '核实' })
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', String(MANY))
  await settled(page)
  // The processor time of one that is not slowed down, times four: what slows it down would count the time of other programs as the page's.
  const tasks = async (what: string, limit: number, work: () => Promise<unknown>): Promise<void> => {
    const longest = SLOWER * (await longestTask(page, work))
    tell(`C7 ${what}, longest task`, `${longest.toFixed(0)} ms`, `${limit} ms`)
    expect.soft(longest, what).toBeLessThan(limit)
  }
  await tasks('all are chosen', 100, () => page.getByLabel(/全选/).click())
  await tasks('the wheel', 50, async () => {
    await list.hover()
    for (let at = 0; at < 40; at += 1) await page.mouse.wheel(0, 400)
  })
  await tasks('the scrollbar', 50, () => list.evaluate(async (box) => {
    const step = box.scrollHeight / 20
    for (let at = 1; at < 20; at += 1) {
      box.scrollTop = step * at
      await new Promise(requestAnimationFrame)
    }
  }))
  await tasks('keys', 50, async () => { for (let at = 0; at < 20; at += 1) await page.keyboard.press('j') })
})

const WIRE = { offline: false, latency: 60, downloadThroughput: 250_000, uploadThroughput: 250_000 } // 2 Mbit/s
/** Until a page that nobody has opened before says what it is about, and shows nothing that is still to come. */
async function cold(browser: Browser, role: string | null, path: string, slow: boolean): Promise<number> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  if (role) await page.request.post(URL_OF('/api/v1/demo/sessions'), { data: { account: (await demo(page)).find((one) => one.role === role)?.account } })
  await page.addInitScript(() => { if (location.protocol.startsWith('http')) localStorage.setItem('kaohe here', '1') })
  if (slow) {
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', WIRE)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  }
  const from = Date.now()
  await page.goto(URL_OF(path), { waitUntil: 'commit' })
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.skeleton, [aria-busy=true]') && document.querySelector('input, .cell, a.btn, main a, main button'), undefined, { polling: 'raf' })
  const took = Date.now() - from
  await context.close()
  return took
}
const middle = (times: number[]): number => times.sort((one, two) => one - two)[times.length >> 1] ?? 0

test('first views, cold, of a machine as it is and of one 4 times slower at 2 Mbit/s', async ({ browser }) => {
  for (const [role, path] of [[null, '/login'], ['staff', '/'], ['staff', '/declare'], ['unit_head', '/verify'], ['staff', '/score']] as const) {
    for (const [slow, limit] of [[false, 2000], [true, 3000]] as const) {
      const times: number[] = []
      for (let turn = 0; turn < 5; turn += 1) times.push(await cold(browser, role, path, slow))
      tell(`${path}${slow ? ', 4 times slower, 2 Mbit/s' : ''}`, `${middle(times)} ms`, `${limit} ms`)
      expect.soft(middle(times), `${path} ${slow}`).toBeLessThan(limit)
    }
  }
})

test('a month declared, 200 items assessed and a complaint taken down at the pace of people', async ({ page }) => {
  const paces: Record<string, Pace> = { declare: { read: 10_000, key: 250 }, assess: { read: 4000, key: 0 }, talk: { read: 5000, key: 200 } }
  await enter(page, 'complaints_centre')
  judged('a complaint taken down', await takeDown(page, paces['talk'] as Pace, `取暖器经营部${mark()}`), 1.5 * MINUTE)
  await enter(page, 'staff', '/declare')
  judged('a month declared', await declareMonth(page, paces['declare'] as Pace, await emptyMonth(page)), 10 * MINUTE)
  await enter(page, 'office') // a person of the section that assesses most common items
  const there = Math.min(200, (await api<{ items: unknown[] }>(page, `declarations?cycle=${await openCycle(page)}&waiting=assess&limit=500`)).items.length - 1) // the last one has no next
  judged('items assessed', await assess(page, paces['assess'] as Pace, there), (15 * MINUTE * there) / 200)
})

/** The first month that has 22 items left. */
async function emptyMonth(page: Page): Promise<string> {
  const months = await page.getByLabel('考核期').locator('option').evaluateAll((all) => all.map((one) => ({ value: (one as HTMLOptionElement).value, left: Number(/还有 (\d+)/.exec(one.textContent ?? '')?.[1] ?? 0) })))
  return months.find((one) => one.left >= 22)?.value ?? ''
}
