import { type Browser, type Page, test as base } from '@playwright/test'
import { focus, launched, press, says } from './chromium90'
import { type Watch, check, enter, expect, mark, open, watching } from './support'

let browser: Browser
let page: Page
let watch: Watch

// There is none for other processors.
if (process.arch === 'x64') base.describe('C13 a real Chromium 90', () => {
  base.beforeAll(async () => {
    browser = await launched()
    expect(browser.version()).toMatch(/^90\./)
    page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1366, height: 768 } })
    watch = await watching(page)
  })
  base.afterAll(() => browser.close())
  base.afterEach(() => check(watch))

  base('declares an item by keyboard', async () => {
    await enter(page, 'staff', '/declare')
    await says(page, 'select[aria-label="考核期"] option', /还有 \d+/)
    const months = await page.evaluate(() => [...document.querySelectorAll('select[aria-label="考核期"] option')].filter((one) => /还有 \d+/.test(one.textContent ?? '')).map((one) => (one as HTMLOptionElement).value))
    await open(page, `/declare?period=${months.at(-2)}`)
    await focus(page, 'input.amount:not(.two)')
    await page.keyboard.type('2')
    await says(page, 'tr.chosen .state', /已填/)
    await says(page, 'main', /已保存 \d\d:\d\d/)
    await page.keyboard.press('Control+Enter')
    await says(page, '[role=status]', /已申报 1 项/)
  })

  base('assesses by a single key', async () => {
    await enter(page, 'office', '/assess') // a person of the section that assesses most common items
    await says(page, '[role=option]', /\d/)
    await page.keyboard.press('a')
    await press(page, 'button', /马上/)
    await says(page, '[role=status]', /已通过 1 项/)
  })

  base('opens a score down to what was declared', async () => {
    await enter(page, 'staff', '/score')
    await says(page, '.big', /\d+\.\d\d/)
    await page.waitForFunction(() => document.querySelector('tr.item[aria-expanded]'))
    await page.evaluate(() => document.querySelector<HTMLElement>('tr.item[aria-expanded]')?.click())
    await says(page, 'tr.fact', /申报/)
  })

  base('registers a complaint', async () => {
    await enter(page, 'complaints_centre')
    await open(page, '/cases/new')
    for (const [caption, text] of [[/消费者姓名/, '冷先生'], [/被投诉举报的经营者/, `老浏览器经营部${mark()}`], [/事情经过与诉求/, '买的取暖器三天后不发热']] as const) {
      await focus(page, 'label.field', caption)
      await page.keyboard.insertText(text)
    }
    await page.keyboard.press('Control+Enter')
    await says(page, '[role=status]', /已登记/)
  })
})
