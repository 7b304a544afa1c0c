import { URL_OF, enter, expect, settled, test } from './support'

test('C15 the file of a list holds the rows of its search, all of them, each code as it stands there', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases?show=all')
  const numbers = page.getByRole('listbox', { name: '案件' }).locator('.code')
  await expect(numbers.first()).toBeVisible()
  const one = ((await numbers.first().textContent()) ?? '').trim()
  const files = async (): Promise<string[]> => {
    const href = (await page.getByRole('link', { name: '导出', exact: true }).getAttribute('href')) ?? ''
    const text = await (await page.request.get(URL_OF(`${href}&format=csv`))).text()
    return [...text.matchAll(/^"?(\d{4}-[^",]+)/gm)].map((found) => found[1] ?? '').sort()
  }
  const all = await files()
  expect(all).toHaveLength(Number(await page.getByRole('listbox', { name: '案件' }).getByRole('option').first().getAttribute('aria-setsize')))
  expect(all).toContain(one)
  await page.getByLabel('找编号、经营者、内容').fill(one)
  await expect(page.getByRole('listbox', { name: '案件' }).getByRole('option').first()).toHaveAttribute('aria-setsize', '1')
  expect(await files()).toEqual([one])
  await settled(page)
})
