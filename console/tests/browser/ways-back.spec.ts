import type { Page } from '@playwright/test'
import { accounts, enterAs, expect, open, settled, spares, test } from './support'

/** What was done too soon or wrongly is put right by whoever did it: looked at once more, withdrawn, taken back with a reason. */
test.describe.configure({ mode: 'serial' })
const PERIOD = '2026-M08'
/** Somebody whom no other test plays. */
const own = (): { account: string; unit: string } => {
  const changed = new Set(spares().map((one) => one.account))
  const found = accounts().filter((one) => one.role === 'staff' && !changed.has(one.account)).pop()
  if (!found) throw new Error('nobody is left')
  return found
}
const head = (): string => accounts().find((one) => one.role === 'unit_head' && one.unit === own().unit)?.account ?? ''
let item = ''
let much = ''
const row = (page: Page) => page.locator(`tr[data-key="${item}"]`)

test('a quantity above what is usual is declared once it was looked at again; missing evidence is told', async ({ page, watch }) => {
  watch.expected.push(/422/)
  await enterAs(page, own().account, `/declare?period=${PERIOD}`)
  const typed = page.locator('tr[data-key]').filter({ has: page.locator('.amount:not(.two)') })
  for (item of await typed.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['key'] ?? ''))) {
    // What an earlier try left is no change; what is declared at once is not what is looked for.
    much = String(Math.max(5000, Number(await row(page).locator('.amount').inputValue())) + 1)
    await row(page).locator('.amount').fill(much)
    await page.getByRole('button', { name: '申报已填的 1 项' }).click()
    await expect(row(page).locator('.state .bad').or(row(page).locator('.state').getByText('已申报'))).toBeVisible()
    if (await row(page).getByLabel('已核对，确实如此').count()) break
    if (await row(page).locator('.amount').count()) await row(page).locator('.amount').fill('')
  }
  await expect(row(page)).toContainText('超过通常的')
  await expect(page.getByRole('button', { name: '申报已填的 0 项' })).toBeDisabled()
  await row(page).getByLabel('已核对，确实如此').check()
  await page.getByRole('button', { name: '申报已填的 1 项' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已申报 1 项' })).toBeVisible()
  await expect(row(page)).toContainText('已申报')
})

test('what nobody has verified is withdrawn, corrected and declared anew', async ({ page }) => {
  await enterAs(page, own().account, `/declare?period=${PERIOD}`)
  await row(page).click()
  const side = page.locator('aside.side')
  await side.getByRole('button', { name: '撤回申报' }).click()
  const box = page.getByRole('dialog', { name: '撤回申报' })
  await box.getByRole('button', { name: '数量填错' }).click()
  await box.getByRole('button', { name: '撤回申报' }).click()
  await expect(box).toBeHidden()
  await expect(row(page).locator('.amount')).toHaveValue(much)
  await row(page).locator('.amount').fill('3')
  await page.getByRole('button', { name: '申报已填的 1 项' }).click()
  await expect(row(page)).toContainText('已申报')
  await row(page).click()
  await expect(side).toContainText('撤回申报：数量填错')
})

test('the head takes back a verification with a reason; it waits again, and says what happened', async ({ page }) => {
  await enterAs(page, head(), `/verify?period=${PERIOD}`)
  const list = page.getByRole('listbox', { name: '核实' })
  const size = Number(await list.getByRole('option').first().getAttribute('aria-setsize'))
  const name = ((await page.locator('article.item h2').textContent()) ?? '').replace(/已\S+/, '').trim()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: '马上' }).click()
  await expect(page.getByText('已通过 1 项')).toBeVisible()
  await page.getByRole('button', { name: '我办过的' }).click()
  await settled(page)
  await list.getByRole('option').filter({ hasText: name }).first().click() // of before others may stand here
  await expect(page.locator('article.item h2')).toContainText(name)
  await page.keyboard.press('z')
  const box = page.getByRole('dialog', { name: '撤回核实' })
  await expect(box.getByRole('button', { name: '撤回核实' })).toBeDisabled()
  await box.getByRole('button', { name: '误按，须重新核对' }).click()
  await box.getByRole('button', { name: '撤回核实' }).click()
  await expect(page.getByText('已撤回 1 项')).toBeVisible()
  await open(page, `/verify?period=${PERIOD}`)
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', String(size))
  await list.getByRole('option').filter({ hasText: name }).first().click()
  await expect(page.locator('.steps')).toContainText('撤回核实或核评：误按，须重新核对')
})
