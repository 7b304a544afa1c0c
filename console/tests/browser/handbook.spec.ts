import { enter, expect, settled, test } from './support'

test('the handbook opens at the page of one’s role, shows its pictures, and finds words at their place', async ({ page }) => {
  await enter(page, 'staff', '/handbook')
  await expect(page.getByRole('heading', { name: '工作人员', exact: true })).toBeVisible()
  const first = page.locator('article figure img').first()
  await first.scrollIntoViewIfNeeded()
  await expect.poll(() => first.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(300)
  await page.getByRole('searchbox', { name: '在手册里找' }).fill('撤回核实')
  await page.getByRole('region', { name: '找到的地方' }).getByRole('link', { name: /填错了怎么办.*核实、核评/ }).first().click()
  await expect(page.getByRole('heading', { name: '核实、核评', exact: true })).toBeInViewport()
})

test('a page of the console leads to the place of the handbook that explains it', async ({ page }) => {
  await enter(page, 'unit_head', '/verify')
  await page.getByRole('link', { name: '“核实”怎么用' }).click()
  await settled(page)
  await expect(page).toHaveURL(/#/)
  await expect(page.getByRole('heading', { name: '二、核实', exact: true })).toBeInViewport()
})
