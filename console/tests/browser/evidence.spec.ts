import { enter, expect, mark, settled, test } from './support'

/** A PDF of empty pages, as small as one can be; `about` makes its bytes its own. */
function pdf(pages: number, about: string): Buffer {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(' ')
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`, ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>')]
  let text = `%PDF-1.4\n%${about}\n`
  const places = objects.map((body, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${body}\nendobj\n`
    return place
  })
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(text)
}

/** What was declared gets a file afterwards, of two that were chosen, and is looked at page by page. */
test('material is put to what was declared, and looked at page by page', async ({ page }) => {
  const MARK = mark()
  const file = (name: string, pages: number): { name: string; mimeType: string; buffer: Buffer } => ({ name: `${name}${MARK}.pdf`, mimeType: 'application/pdf', buffer: pdf(pages, `${pages}${MARK}`) })
  await enter(page, 'staff', '/declare?period=2026-M03')
  await page.locator('tr[data-key]').first().click()
  const side = page.getByRole('complementary').filter({ has: page.getByRole('button', { name: '附上材料' }) })
  await side.getByRole('button', { name: '附上材料' }).click()
  const box = page.getByRole('dialog', { name: '附上材料' })
  await box.locator('input[type=file]').first().setInputFiles([file('巡查记录', 2), file('传错的', 1)])
  await box.getByRole('button', { name: `去掉 传错的${MARK}.pdf` }).click()
  await settled(page) // it is gone from the store as well, not only from the list
  await expect(box.getByText(`传错的${MARK}.pdf`)).toHaveCount(0)
  await box.getByRole('button', { name: '附上 1 个文件' }).click()
  await expect(box).toBeHidden()
  await expect(side.getByRole('link', { name: `巡查记录${MARK}.pdf` })).toBeVisible()
  await side.getByRole('button', { name: `查看 巡查记录${MARK}.pdf` }).click()
  const large = page.getByRole('dialog', { name: `巡查记录${MARK}.pdf` })
  const drawn = (): Promise<number> => large.getByRole('img').evaluate((one: HTMLImageElement) => (one.complete ? one.naturalWidth : 0))
  await expect.poll(drawn).toBeGreaterThan(0)
  await expect(large).toContainText('第 1 / 2 页')
  await large.getByRole('button', { name: '下一页' }).click()
  await expect(large).toContainText('第 2 / 2 页')
  await expect.poll(drawn).toBeGreaterThan(0)
})

/** Material is found by V, and the desk at which something lies may add to it. */
test('whoever verifies may put material to what lies at the desk', async ({ page }) => {
  await enter(page, 'unit_head', '/verify')
  await expect(page.getByRole('article').getByRole('button', { name: '附上材料' })).toBeVisible()
  await page.locator('h1').first().focus()
  await page.keyboard.press('v')
  await expect(page.locator('.evidence:focus, .evidence li :focus')).toHaveCount(1)
})
