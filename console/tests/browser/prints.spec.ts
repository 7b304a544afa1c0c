import { enter, expect, open, test } from './support'

for (const path of ['/ranking', '/score', '/attendance/team', '/allocate']) {
  test(`C14 ${path} prints light, with heads on every sheet, no row cut and no menu`, async ({ page }) => {
    await enter(page, 'office')
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    await open(page, path)
    const found = await page.evaluate(() => {
      const style = (selector: string): CSSStyleDeclaration | null => { const one = document.querySelector(selector); return one ? getComputedStyle(one) : null }
      return { paper: style('body')?.backgroundColor, head: style('main thead')?.display, row: style('main tbody tr')?.breakInside, menu: style('nav.side')?.display, over: document.querySelectorAll('main .scroll').length ? style('main .scroll')?.overflow : 'visible' }
    })
    expect(found.paper).toBe('rgb(255, 255, 255)')
    expect(found.menu).toBe('none')
    if (found.head) expect([found.head, found.row]).toEqual(['table-header-group', 'avoid'])
    expect(found.over).toBe('visible')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5000)
  })
}

test('C14 a list is printed whole, with whose paper it is and without what it is worked with', async ({ page }) => {
  await enter(page, 'office', '/people')
  const rows = page.getByRole('listbox', { name: '人员' }).getByRole('option')
  const all = Number(await rows.first().getAttribute('aria-setsize'))
  expect(all).toBeGreaterThan(await rows.count())
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(rows).toHaveCount(all)
  await expect(page.getByText(/打印于 \d+年\d+月\d+日/)).toBeVisible()
  await expect(page.getByLabel('找姓名')).toBeHidden()
  await expect(page.getByRole('navigation', { name: '菜单' })).toBeHidden()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect.poll(() => rows.count()).toBeLessThan(all)
})
