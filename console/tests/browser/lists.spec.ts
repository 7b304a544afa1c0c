import type { Page } from '@playwright/test'
import { enter, expect, open, settled, test } from './support'

/** What users of other systems complain about in lists, batches and prints (each named by its number in the design). */
const amount = '.amount:not(.two)'
const sizeOf = async (page: Page, name: string): Promise<number> => Number(await page.getByRole('listbox', { name }).getByRole('option').first().getAttribute('aria-setsize'))

test('C3 what another tab has changed meanwhile is refused by name, what was typed stays, the rest goes', async ({ page, context, watch }) => {
  watch.expected.push(/409|412|422|ERR_FAILED/)
  await page.route(/\/api\/v1\/(live|changes)/, (route) => route.abort()) // a tab that hears nothing of it meanwhile
  await enter(page, 'staff', '/declare?period=2026-M10')
  const open1 = page.locator('tr[data-key]').filter({ has: page.locator(amount) })
  const [first, second] = [await open1.nth(0).getAttribute('data-key'), await open1.nth(1).getAttribute('data-key')]
  await page.locator(`tr[data-key="${first}"] ${amount}`).first().fill('4')
  await page.locator(`tr[data-key="${second}"] ${amount}`).first().fill('5')
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
  const other = await context.newPage()
  await open(other, '/declare?period=2026-M10')
  await expect(other.locator(`tr[data-key="${second}"] ${amount}`).first()).toHaveValue('5')
  await other.locator(`tr[data-key="${second}"] ${amount}`).first().fill('')
  await other.getByRole('button', { name: '申报已填的 1 项' }).click()
  await expect(other.getByRole('status').filter({ hasText: '已申报 1 项' })).toBeVisible()
  await page.getByRole('button', { name: '申报已填的 2 项' }).click()
  const told = page.getByRole('status').filter({ hasText: '已申报 1 项' })
  await expect(told).toContainText('没有')
  await expect(page.locator(`tr[data-key="${second}"]`)).toContainText('已申报')
})

test('C6 of a whole list three stale entries are named with their reason, the others are done', async ({ page, context, watch }) => {
  watch.expected.push(/409|412|422/)
  await enter(page, 'staff', '/declare?period=2026-M05')
  await page.getByRole('button', { name: '其余零申报' }).click()
  await page.getByRole('button', { name: /^申报已填的 \d+ 项/ }).click()
  await expect(page.getByRole('status').filter({ hasText: '已申报' })).toBeVisible()
  await enter(page, 'unit_head', '/verify')
  const size = await sizeOf(page, '核实')
  expect(size).toBeGreaterThan(4)
  const other = await context.newPage()
  await open(other, '/verify')
  for (const key of 'xjxjx') await other.keyboard.press(key) // three of them, passed together however slow the machine is
  await other.keyboard.press('a')
  await expect(other.getByText('已通过 3 项')).toBeVisible()
  await page.getByLabel(/全选/).check()
  await page.keyboard.press('a')
  await expect(page.getByText(`已通过 ${size - 3} 项`)).toBeVisible()
  await expect(page.getByRole('status').locator('details p')).toHaveCount(3)
})

test('C9 list, counter and detail agree after each command', async ({ page }) => {
  await enter(page, 'office', '/assess')
  const before = await sizeOf(page, '核评')
  const counter = page.locator('nav.side a[href="/assess"] .pill')
  const told = Number(await counter.textContent())
  await page.keyboard.press('a')
  await expect(page.getByText('已通过 1 项')).toBeVisible()
  await expect(page.getByRole('listbox', { name: '核评' }).getByRole('option').first()).toHaveAttribute('aria-setsize', String(before - 1))
  await expect(counter).toHaveText(String(told - 1))
})

for (const role of ['staff', 'unit_head', 'office', 'panel', 'leader'] as const) {
  test(`C10 everything that waits for ${role} opens where it is done`, async ({ page }) => {
    await enter(page, role)
    const links = await page.locator('main a[href]').evaluateAll((all) => [...new Set(all.map((one) => (one as HTMLAnchorElement).getAttribute('href') ?? ''))])
    const waiting = links.filter((one) => /^\/(declare|verify|assess|orders|contributions|campaigns|checks|appeals|vetoes|consents)/.test(one)).slice(0, 8)
    for (const link of waiting) {
      await open(page, link)
      await expect(page.getByRole('heading', { name: '没有这个页面' }), link).toHaveCount(0)
      await expect(page.getByRole('alert'), link).toHaveCount(0)
      await expect(page.locator('main').locator('[role=option], tr[data-key], section.panel').first(), link).toBeVisible()
    }
  })
}

test('C17 the count is shown and is that of the list', async ({ page }) => {
  await enter(page, 'office', '/people')
  const told = Number(/共 (\d+) 项/.exec((await page.locator('main header').textContent()) ?? '')?.[1])
  expect(await sizeOf(page, '人员')).toBe(told)
  await page.getByLabel('找姓名').fill('段')
  await settled(page)
  expect(Number(/共 (\d+) 项/.exec((await page.locator('main header').textContent()) ?? '')?.[1])).toBe(await sizeOf(page, '人员'))
})

test('people are found by the initials of their names, in the box above and among the people', async ({ page }) => {
  await enter(page, 'office', '/people')
  const find = page.getByRole('combobox', { name: '找人、单位、指标' })
  await find.fill('dy')
  await expect(page.getByRole('option', { name: /段勇/ })).toBeVisible()
  await find.fill('')
  await page.getByLabel('找姓名').fill('duanyong')
  await expect(page.getByRole('listbox', { name: '人员' }).getByRole('option', { name: /段勇/ })).toBeVisible()
  await expect(page.getByText('共 1 项')).toBeVisible()
})
