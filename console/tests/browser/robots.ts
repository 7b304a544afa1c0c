import type { CDPSession, Page } from '@playwright/test'
import { expect, open } from './support'

/** How long a person takes, in milliseconds: to read an item, and for each key. Without any, a robot is only as quick as the console. */
export interface Pace { read: number; key: number }
export const AT_ONCE: Pace = { read: 0, key: 0 }

/** What was done, how long it took with the person's own time in it, how much of it the person waited for the console, and the processor time of the page. */
export interface Work { done: number; whole: number; ours: number; processor: number }

/** One who works before a page by keyboard: reads and types at a pace, and notes what the console takes until it is ready again. */
class Robot {
  private begun = Date.now()
  private waited = 0
  private constructor(readonly page: Page, private readonly pace: Pace, private readonly cdp: CDPSession) {}

  static async before(page: Page, pace: Pace): Promise<Robot> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new Robot(page, pace, cdp)
  }

  /** `read` as many times as long. */
  reads = (times = 1): Promise<void> => this.page.waitForTimeout(this.pace.read * times)
  types = (text: string): Promise<void> => this.page.keyboard.type(text, { delay: this.pace.key })
  /** Does something and waits until the console is ready for the next. */
  async after(act: () => Promise<unknown>, ready: () => Promise<unknown>): Promise<void> {
    const from = Date.now()
    await act()
    await ready()
    this.waited += Date.now() - from
  }
  press = (key: string, ready: () => Promise<unknown>): Promise<void> => this.after(() => this.page.keyboard.press(key), ready)
  async told(done: number): Promise<Work> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    const processor = 1000 * (metrics.find((one) => one.name === 'TaskDuration')?.value ?? 0)
    return { done, whole: Date.now() - this.begun, ours: this.waited, processor }
  }
}

const drawn = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
/** Which cell of the sheet is typed in, of how many; −1 where none is. */
const cell = (page: Page): Promise<{ at: number; empty: boolean }> => page.evaluate(() => {
  const now = document.activeElement as HTMLInputElement
  return { at: [...document.querySelectorAll('.cell')].indexOf(now), empty: now.type !== 'checkbox' && !now.value }
})

/** A month declared by keyboard: a number in each cell, Enter takes the next, Ctrl+Enter declares. */
export async function declareMonth(page: Page, pace: Pace, period: string): Promise<Work> {
  const robot = await Robot.before(page, pace)
  const foot = page.locator('footer.foot')
  await robot.after(() => open(page, `/declare?period=${period}`), () => expect(foot).toContainText(/已填 \d+ \/ \d+/))
  const count = Number(/\/ (\d+)/.exec((await foot.textContent()) ?? '')?.[1])
  await expect.poll(async () => (await cell(page)).at).toBeGreaterThanOrEqual(0)
  for (let last = -1, now = await cell(page); now.at !== last; now = await cell(page)) {
    last = now.at
    await robot.reads()
    if (now.empty) await robot.types('1')
    await robot.press('Enter', () => drawn(page))
  }
  await expect(foot).toContainText(`已填 ${count} / ${count}`)
  await robot.press('Control+Enter', () => expect(page.getByRole('status').filter({ hasText: /已申报 \d+ 项/ })).toBeVisible())
  return robot.told(count)
}

/** So many items assessed by single keys: each is read whole before the key, and the next one is there. */
export async function assess(page: Page, pace: Pace, count: number): Promise<Work> {
  const robot = await Robot.before(page, pace)
  const item = page.locator('article.item')
  const whole = (): Promise<void> => expect(item.locator('.sum p').nth(1)).not.toHaveText('…')
  await robot.after(() => open(page, '/assess'), whole)
  for (let done = 0; done < count; done += 1) {
    await robot.reads()
    await robot.press('a', async () => {
      await expect(item.getByRole('button', { name: /A$/ })).toBeVisible() // the next one, which does not wait to leave
      await whole()
    })
  }
  const now = page.getByRole('button', { name: '马上' })
  await robot.after(async () => { if (await now.isVisible()) await now.click() }, () => expect(page.getByText(`已通过 ${count} 项`)).toBeVisible())
  return robot.told(count)
}

/** A complaint taken down in the order of a talk on the telephone, by Tab alone. */
export async function takeDown(page: Page, pace: Pace, trader: string): Promise<Work> {
  const robot = await Robot.before(page, pace)
  await robot.after(() => open(page, '/cases/new'), () => expect(page.locator('form#intake input').first()).toBeFocused())
  // one word a field; the platform is only told where there is one
  const said = ['冷先生', '13800000000', trader, '滨河路 12 号', '', '取暖器', '399', '三天前购买的取暖器用了一晚就不发热，店家不肯退换，说要等厂家检测', '退货退款']
  for (const text of said) {
    await robot.reads()
    await robot.types(text)
    await robot.press('Tab', () => drawn(page))
  }
  await robot.press('Control+Enter', () => expect(page.getByRole('status').filter({ hasText: '已登记' })).toBeVisible())
  return robot.told(1)
}
