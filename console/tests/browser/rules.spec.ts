import { enter, expect, field, gone, settled, test } from './support'

test('the office bounds the quantities of an item, and everybody sees what is laid down', async ({ page }) => {
  await enter(page, 'office', '/rules?show=bounds')
  await page.getByRole('button', { name: '设一项界限' }).click()
  const box = page.getByRole('dialog', { name: '数量界限' })
  const name = (await field(box, '指标').locator('option').first().textContent()) ?? ''
  await field(box, '指标').selectOption({ index: 0 })
  await field(box, '超过即请确认').fill('2000')
  await field(box, '超过即不接收').fill('1000')
  await expect(box.getByRole('button', { name: '保存' }), 'refused lies above confirmed').toBeDisabled()
  await field(box, '超过即不接收').fill('1000000')
  await box.getByRole('button', { name: '保存' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  await enter(page, 'staff', '/rules?show=bounds')
  const row = page.locator('tbody tr').filter({ hasText: name })
  await expect(row).toContainText('2000')
  await expect(row.getByRole('button')).toHaveCount(0)
})
