import type { Page } from '@playwright/test'
import { enter, expect, settled, test, watching } from './support'

/** What others do shows by itself, and takes nothing of what is being typed or chosen. */
const amount = '.amount:not(.two)'
async function sizeOf(page: Page): Promise<number> {
  await settled(page)
  const all = page.getByRole('listbox', { name: '核实' }).getByRole('option')
  return (await all.count()) ? Number(await all.first().getAttribute('aria-setsize')) : 0
}

test('what is declared comes to the head by itself, what the head returns comes back beside what is being typed', async ({ page, browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1366, height: 768 } })
  const head = await context.newPage()
  await watching(head)
  await enter(head, 'unit_head', '/verify')
  const before = await sizeOf(head)
  await enter(page, 'staff', '/declare?period=2026-M12')
  const open = page.locator('tr[data-key]').filter({ has: page.locator(amount), hasNotText: '退回' })
  const [first, second] = [await open.nth(0).getAttribute('data-key'), await open.nth(1).getAttribute('data-key')]
  const when = { M: '12月', Q: '第4季度', H: '下半年', Y: '全年' }[first?.charAt(5) ?? ''] ?? ''
  const name = (await page.locator(`tr[data-key="${first}"] td`).first().innerText()).split('\n')[0]?.trim() ?? ''
  await page.locator(`tr[data-key="${first}"] ${amount}`).first().fill('3')
  await page.getByRole('button', { name: '申报已填的 1 项' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已申报 1 项' })).toBeVisible()
  await expect(head.getByText(/列表已更新：新到 \d+ 项/)).toBeVisible()
  expect(await sizeOf(head)).toBe(before + 1)
  const typing = page.locator(`tr[data-key="${second}"] ${amount}`).first()
  await typing.fill('12')
  await typing.focus()
  await head.getByLabel('找对象或指标').fill(name)
  const mine = head.getByRole('listbox', { name: '核实' }).getByRole('option').filter({ hasText: name }).filter({ hasText: when })
  await mine.first().click()
  await settled(head)
  await head.getByRole('button', { name: /^退回/ }).first().click()
  const box = head.getByRole('dialog')
  await box.getByRole('textbox').fill('数量请再核对')
  await box.getByRole('button', { name: '退回' }).last().click()
  await expect(page.getByText(/他人刚刚办理或退回了 \d+ 项/)).toBeVisible()
  await expect(page.locator(`tr[data-key="${first}"]`)).toContainText('退回')
  await expect(typing).toHaveValue('12')
  await expect(typing).toBeFocused()
  await context.close()
})
