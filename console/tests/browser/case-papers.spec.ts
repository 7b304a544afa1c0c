import { enter, expect, field, open, test } from './support'

const PICTURES = process.env['KAOHE_TEST_PICTURES'] // a folder, for who wants to look at the pages

test('a decision is put on paper, told with its proof, and its files are kept', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases/new')
  await field(page, /^消费者姓名/).fill('温女士')
  await field(page, /^被投诉举报的经营者/).fill('文书测试经营部')
  await field(page, /^事情经过与诉求/).fill('购买的电饭煲通电后跳闸，要求退货')
  await page.getByRole('button', { name: /^登记/ }).click()
  await page.getByRole('status').getByRole('link', { name: '打开' }).click()
  const detail = page.getByRole('article')
  await detail.getByRole('button', { name: '受理', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '受理', exact: true }).click()

  const papers = page.getByRole('region', { name: '文书' })
  await papers.getByRole('button', { name: '制作受理决定书' }).click()
  await field(page.getByRole('dialog'), /^联系电话/).fill('0571-88880000')
  await page.getByRole('dialog').getByRole('button', { name: '编号并制作' }).click()
  await expect(papers.getByText(/投受〔20\d\d〕\d+号/).first()).toBeVisible()
  const download = page.waitForEvent('download')
  await papers.getByRole('link', { name: 'PDF' }).first().click()
  expect((await download).suggestedFilename()).toMatch(/受理决定书\.pdf$/)

  const told = page.getByRole('region', { name: '告知', exact: true })
  await expect(told).toContainText('待告知')
  await told.getByRole('button', { name: '登记告知' }).click()
  const box = page.getByRole('dialog')
  await field(box, '录音编号').fill('L2026-0610')
  await box.getByRole('button', { name: '登记', exact: true }).click()
  await expect(told).toContainText('L2026-0610')

  const files = page.getByRole('region', { name: '附件' })
  await files.locator('input[type=file]').first().setInputFiles({ name: '购物小票.txt', mimeType: 'text/plain', buffer: Buffer.from('电饭煲 399 元') })
  await expect(files.getByRole('link', { name: '购物小票.txt' })).toBeVisible()
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/case.png`, fullPage: true })

  await papers.getByRole('button', { name: '作废' }).first().click()
  await field(page.getByRole('dialog'), '理由').fill('联系电话写错')
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await expect(papers).toContainText('联系电话写错')
  await open(page, '/cases/numbers')
  await field(page, '承办单位').selectOption('C01')
  await expect(page.getByText(/投受〔20\d\d〕\d+号/).first()).toBeVisible()
  await expect(page.getByText('联系电话写错').first()).toBeVisible()
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/numbers.png` })
  await open(page, '/cases/to-tell')
  await page.getByRole('button', { name: '已告知', exact: true }).click()
  await expect(page.getByText('L＊＊＊').first()).toBeVisible() // in a list what proves it is masked
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/to-tell.png` })
  await page.setViewportSize({ width: 390, height: 844 })
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/to-tell-small.png` })
})
