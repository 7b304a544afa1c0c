import type { Page } from '@playwright/test'
import { enter, expect, open, settled, test } from './support'

/** The heart of it, played as three people: a month declared by keyboard, verified and assessed by single keys, seen in the score. */
test.describe.configure({ mode: 'serial' })
let PERIOD = '' // the first month from April on of which nothing is declared

async function head(page: Page): Promise<void> {
  await enter(page, 'unit_head')
}

test('a clerk declares a whole month without a mouse, with points while typing', async ({ page }) => {
  await enter(page, 'staff', '/declare')
  const months = await page.getByLabel('考核期').locator('option').evaluateAll((all) => all.map((one) => ({ value: (one as HTMLOptionElement).value, left: Number(/还有 (\d+)/.exec(one.textContent ?? '')?.[1] ?? 0) })))
  PERIOD = months.slice(3).find((one) => one.left > 15)?.value ?? ''
  await open(page, `/declare?period=${PERIOD}`)
  const rows = page.locator('tr[data-key]')
  const whole = Number(/\/ (\d+)/.exec((await page.locator('footer.foot').textContent()) ?? '')?.[1]) // what is declared already is not to be filled in
  expect(whole).toBeGreaterThan(10)
  for (let at = 0; at < whole * 3; at += 1) {
    const now = page.locator(':focus')
    const box = await now.evaluate((element) => ({ type: (element as HTMLInputElement).type, value: (element as HTMLInputElement).value, cell: element.classList.contains('cell') }))
    if (!box.cell) break
    const before = await now.evaluate((element) => [...document.querySelectorAll('.cell')].indexOf(element))
    if (box.type !== 'checkbox' && !box.value) await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    if (before === await page.evaluate(() => [...document.querySelectorAll('.cell')].indexOf(document.activeElement as Element))) break
  }
  await expect(page.locator('footer.foot')).toContainText(`已填 ${whole} / ${whole}`)
  await expect(rows.first().locator('.gain b')).toHaveText(/\d+\.\d\d/)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: '已申报' })).toContainText(/已申报 \d+ 项，等待核实/)
  await expect(page.locator('tr[data-key] .state').first()).toContainText('已申报')
})

test('the head verifies by single keys, takes one back, and what is returned says why', async ({ page }) => {
  await head(page)
  await open(page, `/verify?period=${PERIOD}`)
  const list = page.getByRole('listbox', { name: '核实' })
  await expect(list.getByRole('option').first()).toBeVisible()
  const size = Number(await list.getByRole('option').first().getAttribute('aria-setsize'))
  await page.keyboard.press('a')
  await expect(page.getByText('1 项将在 3 秒后通过')).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText('项将在 3 秒后通过')).toHaveCount(0)
  await page.keyboard.press('r')
  await page.getByLabel('理由').fill('台账照片不全')
  await page.keyboard.press('Control+Enter')
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', String(size - 1))
  await page.getByLabel(/全选/).check()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: '马上' }).click()
  await expect(page.getByText(/没有等您核实的申报|已通过/).first()).toBeVisible()
  await settled(page)
})

test('what came back stands first for the clerk, with its reason', async ({ page }) => {
  await enter(page, 'staff', `/declare?period=${PERIOD}`)
  await expect(page.locator('tr[data-key]').first()).toContainText('已退回')
  await expect(page.locator('aside.side')).toContainText('台账照片不全')
})

test('the section assesses item by item, the points then stand in the score', async ({ page }) => {
  await enter(page, 'office', `/assess?period=${PERIOD}`) // a person of the section that assesses most common items
  await expect(page.getByRole('listbox', { name: '核评' }).getByRole('option').first()).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.press('a')
  await page.getByRole('button', { name: '马上' }).click()
  await expect(page.getByText('已通过 2 项')).toBeVisible()
  await enter(page, 'staff', '/score')
  await expect(page.locator('.big')).toHaveText(/\d+\.\d\d/)
  const item = page.locator('tr.item[aria-expanded]').first()
  await item.click()
  await expect(item).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('tr.fact').first()).toContainText('申报')
})

test('many are cleared by one decision, after seeing what it would be', async ({ page }) => {
  await enter(page, 'assessor', '/assess')
  await page.getByRole('button', { name: /批量核评 \d+ 项/ }).click()
  await page.getByRole('button', { name: /通过这 \d+ 项/ }).click()
  await expect(page.getByRole('dialog').getByText(/已通过 \d+ 项/)).toBeVisible()
  await settled(page)
})
