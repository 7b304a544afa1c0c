import { readFileSync } from 'node:fs'
import { enter, expect, open, test } from './support'

/** What users of other systems complain about (each named by its number in the design). */
const amount = '.amount:not(.two)'
/** Another one each time: what stands there already is no change. */
const fresh = (): string => String(10 + (Date.now() % 9000))

test('C1 a session that ends while a form is half filled asks for the log-in over the page and loses nothing', async ({ page, watch }) => {
  watch.expected.push(/401/)
  await enter(page, 'staff', '/declare?period=2026-M06')
  const field = page.locator(amount).first()
  await field.fill('7')
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
  await page.context().clearCookies()
  await page.getByRole('button', { name: '申报已填的 1 项' }).click()
  const over = page.getByRole('dialog', { name: '登录已结束，请重新登录' })
  await expect(over).toBeVisible()
  await expect(field).toHaveValue('7')
  const account = await over.getByLabel('账号').inputValue()
  const kept = readFileSync(`${process.env['KAOHE_TEST_VAR']}/demo-accounts.json`, 'utf8')
  const { accounts } = JSON.parse(kept) as { accounts: { account: string; password: string }[] }
  await over.getByLabel('密码').fill(accounts.find((one) => one.account === account)?.password ?? '')
  await over.getByLabel('密码').press('Enter')
  await expect(over).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '已申报 1 项' })).toBeVisible()
})

test('C2 what was typed comes back after the browser is gone, with its time', async ({ page, context }) => {
  await enter(page, 'staff', '/declare?period=2026-M07')
  const value = fresh()
  await page.locator(amount).nth(1).fill(value)
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
  await page.close()
  const again = await context.newPage()
  await open(again, '/declare?period=2026-M07')
  await expect(again.locator(amount).nth(1)).toHaveValue(value)
  await expect(again.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
})

test('C4 nothing is called saved that was not: without a server it says so and tries again', async ({ page, watch }) => {
  watch.expected.push(/ERR_FAILED|Failed to load/)
  await enter(page, 'staff', '/declare?period=2026-M08')
  await page.route('**/api/v1/drafts/**', (route) => route.abort())
  await page.locator(amount).first().fill(fresh())
  await expect(page.getByText('未保存，正在重试')).toBeVisible()
  await expect(page.getByText(/已保存/)).toHaveCount(0)
  await page.unroute('**/api/v1/drafts/**')
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
})

test('C5 pressed five times on a slow network whose answer is lost, it is declared once', async ({ page, watch }) => {
  watch.expected.push(/ERR_FAILED|Failed to load/)
  await enter(page, 'staff', '/declare?period=2026-M09')
  await page.locator(amount).first().fill('3')
  let lost = false
  let pressed = (): void => undefined
  const all = new Promise<void>((done) => { pressed = done })
  const keys = new Set<string>()
  await page.route('**/api/v1/declarations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.add((await route.request().headerValue('Idempotency-Key')) ?? '')
    await all
    if (lost) return route.continue()
    lost = true
    await route.fetch()
    return route.abort()
  })
  const button = page.getByRole('button', { name: '申报已填的 1 项' })
  for (let press = 0; press < 5; press += 1) await button.click({ noWaitAfter: true, force: true })
  await expect(button).toHaveAttribute('aria-busy', 'true')
  pressed()
  await expect(page.getByRole('status').filter({ hasText: '已申报 1 项' })).toBeVisible()
  expect(keys.size).toBe(1)
})

test('C11 single keys are off while typing, and ? lists them', async ({ page }) => {
  await enter(page, 'unit_head', '/verify')
  await page.getByLabel('找对象或指标').fill('a')
  await expect(page.getByText('项将在 3 秒后通过')).toHaveCount(0)
  await page.getByLabel('找对象或指标').fill('')
  await page.locator('h1').first().focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '单键操作' })).toContainText('3 秒内撤回刚才的通过')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: '单键操作' })).toHaveCount(0)
})

test('C16 filters live in the address and come back', async ({ page }) => {
  await enter(page, 'unit_head', '/orders')
  await page.getByRole('button', { name: /^全部 / }).click()
  await expect(page).toHaveURL(/show=all/)
  await page.reload()
  await expect(page.getByRole('button', { name: /^全部 / })).toHaveAttribute('aria-pressed', 'true')
})
