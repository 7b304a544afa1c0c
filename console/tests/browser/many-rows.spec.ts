import { MANY, multiply } from './many'
import { enter, expect, settled, test } from './support'

test('C7 of 100,000 rows those in sight exist, all are chosen at once without asking for anything, one of them is left out', async ({ page, watch }) => {
  watch.expected.push(/404/) // what stands there a second time is no declaration of the service
  await multiply(page)
  await enter(page, 'office', '/assess') // a person of the section that assesses most: heads may have dealt with everything by now
  const rows = page.getByRole('listbox', { name: '核评' }).getByRole('option')
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(MANY))
  const asked: string[] = []
  page.on('request', (request) => { if (request.method() !== 'GET' || request.url().includes('waiting=')) asked.push(`${request.method()} ${request.url()}`) })
  await page.getByLabel(/全选/).check()
  await expect(page.getByText(`已选 ${MANY} 项`)).toBeVisible()
  await page.locator('h1').first().focus()
  await page.keyboard.press('x')
  await expect(page.getByText(`已选 ${MANY - 1} 项`)).toBeVisible()
  await page.getByRole('listbox', { name: '核评' }).press('End')
  await expect(page.locator(`[role=option][aria-posinset="${MANY}"]`)).toBeInViewport()
  await expect(page.locator(`[role=option][aria-posinset="${MANY}"]`)).toHaveAttribute('aria-selected', 'true')
  expect(await rows.count()).toBeLessThan(80)
  expect(asked.filter((one) => one.includes('/declarations'))).toEqual([])
  await settled(page)
})
