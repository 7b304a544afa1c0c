import { enter, expect, settled, test } from './support'

test('a leader sees distribution, months and where units are weak, and goes into it', async ({ page }) => {
  await enter(page, 'leader', '/dashboard')
  await expect(page.getByRole('heading', { name: '逐月办理' })).toBeVisible()
  const map = page.locator('.map')
  await expect(map.locator('tbody tr').first()).toBeVisible()
  const means = (await map.locator('tbody td.strong').allTextContents()).map((text) => Number.parseInt(text, 10))
  expect([...means].sort((one, two) => one - two)).toEqual(means)
  await page.getByRole('button', { name: '共性类' }).click()
  await expect(page).toHaveURL(/category=common/)
  await page.getByText('看数据').first().click()
  await expect(page.getByRole('columnheader', { name: '个数' }).or(page.getByRole('columnheader', { name: '未申报' })).first()).toBeVisible()
})

test('a head sees the unit’s people only', async ({ page }) => {
  await enter(page, 'unit_head', '/dashboard')
  await expect(page.locator('.map').getByRole('link', { name: '熊思华' })).toBeAttached()
  await expect(page.getByRole('button', { name: '工商所' })).toHaveCount(0)
})

test('a slider moves the others so that weights sum to one, and the answer says of which setting it is', async ({ page }) => {
  await enter(page, 'office', '/whatif')
  const sliders = page.locator('section').filter({ hasText: '类别权重' }).locator('input[type=range]')
  await sliders.first().fill('6000')
  await expect(page.getByText('正在算')).toBeVisible()
  await expect(page.getByText(/\d+ 个有变化/)).toBeVisible()
  await expect(page.getByText('正在算')).toHaveCount(0)
  const weights = (await page.locator('section').filter({ hasText: '类别权重' }).locator('.slider b').allTextContents()).map(Number)
  expect(Math.round(weights.reduce((sum, one) => sum + one, 0) * 10_000)).toBe(10_000)
  expect(weights[0]).toBe(0.6)
  await page.getByRole('button', { name: '恢复现行权重' }).click()
  await settled(page)
  await expect(page.getByText('还没有改动')).toBeVisible()
})
