import { enter, expect, settled, test } from './support'

/** Figures of 12315: of any days with the cases behind them, and the months whose closing feeds the appraisal. */
test('the centre sees what a figure is made of and closes a month; others see that it is closed', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases/figures')
  await expect(page.locator('main table').first().locator('tbody tr')).toHaveCount(15)
  await page.getByRole('button', { name: '投诉按时受理率' }).click()
  await settled(page)
  await expect(page.getByRole('heading', { name: /^投诉按时受理率：/ })).toBeVisible()
  await expect(page.getByRole('region', { name: /^投诉按时受理率：/ }).getByRole('link').first()).toHaveAttribute('href', /\/cases\/\w+/)

  const months = page.getByRole('region', { name: '月结' })
  await months.getByRole('button', { name: '月结', exact: true }).click()
  const box = page.getByRole('dialog', { name: '月结' })
  const month = await box.getByLabel('月份').inputValue()
  await box.getByRole('button', { name: '月结', exact: true }).click()
  await expect(months.getByRole('row').filter({ hasText: month })).toBeVisible()

  await enter(page, 'leader', '/cases/figures')
  await expect(months.getByRole('row').filter({ hasText: month })).toBeVisible()
  await expect(page.getByRole('button', { name: '月结', exact: true })).toHaveCount(0) // closing is the centre's
})
