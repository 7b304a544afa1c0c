import { enter, expect, gone, open, settled, test } from './support'

/** Figures of 12315: of any days with the cases behind them, and the months whose closing feeds the appraisal. */
test('the centre sees what a figure is made of and closes a month; others see that it is closed', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases/reports?show=figures')
  const figures = page.getByRole('region', { name: '十二项指标' })
  await expect(figures.locator('tbody tr')).toHaveCount(15)
  await figures.getByRole('button', { name: '看“投诉按时受理率”后面的案件' }).click()
  await settled(page)
  await expect(page.getByRole('heading', { name: '投诉按时受理率' })).toBeVisible()
  await expect(page.getByRole('link', { name: '打开案件' }).first()).toHaveAttribute('href', /\/cases\/\w+/)

  await open(page, '/cases/reports?show=months')
  const row = page.locator('tbody tr').nth(1) // the last month that is over
  await row.getByRole('button', { name: /^月结/ }).click()
  const box = page.getByRole('dialog', { name: /^月结/ })
  await box.getByRole('button', { name: '月结', exact: true }).click()
  expect(await gone(box)).toBe(true)
  await expect(page.getByRole('status').filter({ hasText: '已月结' })).toBeVisible()
  await expect(row).toContainText('已月结')

  await enter(page, 'leader', '/cases/reports?show=months')
  await expect(row).toContainText('已月结')
  await expect(page.getByRole('button', { name: /月结/ })).toHaveCount(1) // the tab alone: closing is the centre's
})
