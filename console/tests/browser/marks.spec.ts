import { crc32, deflateSync } from 'node:zlib'
import { enter, expect, field, test } from './support'

const PICTURES = process.env['KAOHE_TEST_PICTURES'] // a folder, for who wants to look at the pages

/** A picture of one colour, 320 × 240, as any program writes it: a palette, so that no row of it is long. */
function picture(red: number, green: number, blue: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name), data])
    const sizes = [Buffer.alloc(4), Buffer.alloc(4)] as const
    sizes[0].writeUInt32BE(data.length)
    sizes[1].writeUInt32BE(crc32(named))
    return Buffer.concat([sizes[0], named, sizes[1]])
  }
  const head = Buffer.from([0, 0, 1, 64, 0, 0, 0, 240, 8, 3, 0, 0, 0])
  const rows = deflateSync(Buffer.alloc(321 * 240))
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('PLTE', Buffer.from([red, green, blue])), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

test('pictures of a genuine and a false mark are put to an entry, enlarged and taken away', async ({ page }) => {
  await enter(page, 'complaints_centre', '/counterfeits')
  await page.getByRole('button', { name: '登记打假信息' }).first().click()
  const form = page.getByRole('dialog')
  await field(form, /^品牌或商标/).fill('云岭图片测试')
  await field(form, /^真品特征/).fill('瓶盖内有激光防伪码')
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('option', { name: /云岭图片测试/ }).first().click()
  const pictures = page.getByRole('region', { name: '图片', exact: true })
  await expect(pictures.getByText('还没有图片。')).toBeVisible()
  for (const [shown, note, bytes] of [['真品', '瓶盖内侧的防伪码', picture(40, 120, 80)], ['假货', '瓶盖内侧没有码', picture(170, 60, 50)]] as const) {
    await pictures.getByRole('combobox').selectOption({ label: shown })
    await pictures.getByLabel('图片说明（拍的是哪里）').fill(note)
    await pictures.locator('input[type=file]').first().setInputFiles({ name: `${note}.png`, mimeType: 'image/png', buffer: bytes })
    const small = pictures.getByRole('button', { name: `放大：${shown} · ${note}` })
    await expect(small).toBeVisible()
    await expect.poll(() => small.locator('img').evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
  }
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/marks.png` })
  await pictures.getByRole('button', { name: '放大：真品 · 瓶盖内侧的防伪码' }).click()
  const large = page.getByRole('dialog').getByRole('img')
  await expect.poll(() => large.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/marks-large.png` })
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  if (PICTURES) {
    await page.setViewportSize({ width: 390, height: 844 })
    await pictures.scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${PICTURES}/marks-small.png` })
    await page.setViewportSize({ width: 1366, height: 768 })
  }
  await pictures.getByRole('button', { name: '删除图片：假货 · 瓶盖内侧没有码' }).click()
  await expect(pictures.getByRole('button', { name: /^放大：假货/ })).toHaveCount(0)
})
