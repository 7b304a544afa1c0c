import { enter, expect, open, settled, test } from './support'

test('an auditor follows one line to all that the same person did, and sees that the chains are whole', async ({ page }) => {
  await enter(page, 'auditor', '/audit?show=targets')
  const lines = page.getByRole('listbox', { name: '审计' }).getByRole('option')
  await expect(lines.first()).toBeVisible()
  const who = (await page.locator('dl.facts dd').nth(1).innerText()).replace(/\s+账号.*$/s, '')
  await page.getByRole('button', { name: '只看此人' }).click()
  await settled(page)
  await expect(page).toHaveURL(/account=/)
  await expect(lines.first()).toBeVisible()
  const others = (await lines.locator('b').allTextContents()).filter((name) => name !== who)
  expect(others, 'only what that person did').toEqual([])
  await page.getByRole('button', { name: '清除条件' }).click()
  await expect(page).not.toHaveURL(/account=/)
  await open(page, '/audit?show=anchors')
  await expect(page.getByRole('status').filter({ hasText: '各条审计链与记下的一致' })).toBeVisible()
  await expect(page.locator('tbody .pill.green').first()).toBeVisible()
})

test('who audits nothing is told who does', async ({ page }) => {
  await enter(page, 'staff', '/audit')
  await expect(page.getByText('审计记录由审计员查看')).toBeVisible()
})
