import type { Page } from '@playwright/test'
import { enter, expect, field, gone, open, settled, test } from './support'

/** Targets shared out with Σ in view, a claim changed, and one handed on to a colleague. */
test.describe.configure({ mode: 'serial' })

test('Σ follows what is typed, and what is saved stands in the list', async ({ page }) => {
  await enter(page, 'office', '/allocate')
  await page.getByRole('listbox', { name: '分解认领' }).getByRole('option').first().click()
  await settled(page)
  const sum = page.getByRole('article').getByRole('status').first()
  const before = await sum.textContent()
  const amount = page.getByRole('article').locator('input.amount').first()
  const old = await amount.inputValue()
  await amount.fill(String(Number(old) + 3))
  await expect(sum).not.toHaveText(before ?? '')
  await amount.fill('三')
  await expect(page.getByRole('button', { name: /保存 \d+ 处改动/ })).toBeDisabled()
  await amount.fill(old)
  await expect(sum).toHaveText(before ?? '')
  await page.getByRole('button', { name: /^没认领完/ }).click()
  await expect(page).toHaveURL(/show=unclaimed/)
})

/** Sets one's claim of an indicator; the sum of the unit follows while typing. */
async function claim(page: Page, path: string, indicator: string, by: number): Promise<void> {
  await open(page, path)
  const row = page.locator('tbody tr').filter({ hasText: indicator })
  const amount = row.locator('input.amount')
  await amount.fill(String(Number(await amount.inputValue()) + by))
  await page.getByRole('button', { name: '认领 1 项' }).click()
  await settled(page)
  await expect(page.getByRole('button', { name: '认领 1 项' })).toHaveCount(0)
}

test('what a colleague cannot take is refused at once; with room it is handed on, answered, and seen by both', async ({ page, watch }) => {
  watch.expected.push(/422/) // beyond what one person may take
  await enter(page, 'staff', '/claims')
  const rows = page.locator('tbody tr').filter({ has: page.getByRole('button', { name: '移交' }) }).filter({ has: page.locator('input.amount') })
  const indicator = (await rows.first().locator('td').first().textContent())?.trim().split(/\s/)[0] ?? ''
  const box = page.getByRole('dialog')
  const hand = async (): Promise<boolean> => {
    await open(page, '/claims')
    await rows.filter({ hasText: indicator }).first().getByRole('button', { name: '移交' }).click()
    const people = await field(box, '移交给').locator('option').allTextContents()
    await field(box, '移交给').selectOption({ label: people.find((text) => text.startsWith('段勇')) ?? '' })
    await field(box, /^移交多少/).fill('1')
    await field(box, '理由').fill('工作调整')
    await box.getByRole('button', { name: '提交' }).click()
    return gone(box)
  }
  expect(await hand()).toBe(false)
  await expect(box.getByRole('alert')).toContainText('超过一人可承担的上限')
  await enter(page, 'unit_head')
  await claim(page, '/claims?unit=S01&subject=P0019', indicator, -1)
  await enter(page, 'staff')
  expect(await hand()).toBe(true)
  await open(page, '/claims/handovers')
  const one = page.locator('section.panel').filter({ hasText: indicator }).first()
  await expect(one).toContainText('待同事答复')
  await enter(page, 'unit_head', '/claims/handovers')
  await one.getByRole('button', { name: '谢绝' }).click()
  await box.getByLabel('理由').fill('本季已满')
  await box.getByRole('button', { name: '谢绝' }).click()
  await settled(page)
  await expect(one).toContainText('同事谢绝')
  await expect(one).toContainText('本季已满')
  await claim(page, '/claims?unit=S01&subject=P0019', indicator, 1)
})
