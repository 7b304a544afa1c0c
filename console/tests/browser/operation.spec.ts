import { enter, expect, test } from './support'

test('the administrator sees that every part works and that nothing lies unhandled; others are told whose it is', async ({ page }) => {
  await enter(page, 'admin', '/operation')
  const parts = page.locator('tbody tr')
  await expect(parts).toHaveCount(6)
  await expect(parts.filter({ hasText: '没有应答' })).toHaveCount(0)
  await page.getByRole('button', { name: /^死信/ }).click()
  await expect(page.getByText('没有死信')).toBeVisible()
  await enter(page, 'staff', '/operation')
  await expect(page.getByText('运行状况由系统管理员查看')).toBeVisible()
})
