import type { Page } from '@playwright/test'
import { accounts, api, enter, enterAs, expect, field, openCycle, settled, test } from './support'

/** An evaluation opened by the office, voted on anonymously, closed: figures only, and none below the least number of votes. */
test.describe.configure({ mode: 'serial' })
const TITLE = `科所评议 ${Date.now() % 100_000}`
const raters = ['p0019', 'p0020', 'p0002', 'p0010']

async function opened(page: Page): Promise<void> {
  await enter(page, 'office', '/campaigns/new')
  const held = await api<{ items: { indicator: string; status: string }[] }>(page, `campaigns?cycle=${await openCycle(page)}&limit=500`)
  await expect(field(page, '指标').locator('option:not([value=""])')).not.toHaveCount(0)
  const codes = await field(page, '指标').locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
  for (const code of codes.filter((one) => !held.items.some((campaign) => campaign.indicator === one && campaign.status !== 'withdrawn'))) {
    await field(page, '指标').selectOption(code)
    if ((await field(page, '层级').locator('option').allTextContents()).includes('工商所')) break
  }
  await field(page, '层级').selectOption({ label: '工商所' })
  await field(page, '名称（不填则按指标和考核期）').fill(TITLE)
  await page.getByRole('button', { name: '全选' }).click()
  for (const rater of raters) await page.locator(`input[type=checkbox][value="${rater.toUpperCase()}"]`).check()
  await page.getByLabel('再请服务对象用一次性二维码投票').check()
  while (await page.getByRole('button', { name: /^去掉/ }).count()) await page.getByRole('button', { name: /^去掉/ }).first().click() // a draft of before
  await page.getByRole('button', { name: '加一个维度' }).click()
  await field(page, '维度').fill('办事效率')
  await field(page, '权重').fill('0.6')
  await expect(page.getByRole('button', { name: '开始评估' })).toBeDisabled()
  await field(page, '权重').fill('1')
  await page.getByRole('button', { name: '开始评估' }).click()
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible()
  await expect(page.getByText('0 / 4')).toBeVisible()
}

test('the office says who is graded by whom and on what', async ({ page }) => {
  await opened(page)
})

test('opened by mistake it is taken back with a reason before the first ballot, and opened once more', async ({ page }) => {
  await enter(page, 'office', '/campaigns?show=open')
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('button', { name: '撤回发起' }).click()
  const box = page.getByRole('dialog', { name: '撤回发起' })
  await expect(box.getByRole('button', { name: '撤回发起' }), 'a reason is needed').toBeDisabled()
  await box.getByRole('button', { name: '评估对象或评价人选错' }).click()
  await box.getByRole('button', { name: '撤回发起' }).click()
  await expect(page.getByText('已由发起人撤回，没有计票。')).toBeVisible()
  await expect(page.getByRole('button', { name: '结束并计票' })).toHaveCount(0)
  await enterAs(page, raters[0] ?? '', '/campaigns/ballot')
  await expect(page.getByRole('region', { name: TITLE })).toHaveCount(0)
  await opened(page)
})

test('sheets of QR codes for citizens are printed this once, and their page votes without a log-in', async ({ page }) => {
  await enter(page, 'office', '/campaigns?show=open')
  await page.getByRole('link', { name: TITLE }).click()
  await settled(page)
  await field(page, '印几张').fill('3')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '印二维码' }).click()
  expect((await download).suggestedFilename()).toContain('.pdf')
  await expect(page.getByText('0 / 3')).toBeVisible()
})

test('raters vote in one page, once and for good; nothing half filled in is cast or kept', async ({ page }) => {
  for (const rater of raters) {
    await enterAs(page, rater, '/campaigns/ballot')
    const card = page.getByRole('region', { name: TITLE })
    const groups = card.getByRole('radiogroup')
    await expect(groups.first()).toBeVisible()
    const count = await groups.count()
    for (let at = 0; at < count; at += 1) await groups.nth(at).getByText('好', { exact: true }).click()
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('好')
    await page.getByRole('button', { name: '投出，不再修改' }).click()
    await expect(page.getByText('已投出 1 张票')).toBeVisible()
    await expect(card).toHaveCount(0)
    await settled(page)
  }
})

test('closed, it tells sums, and says where too few have voted', async ({ page }) => {
  expect(accounts().length).toBeGreaterThan(20)
  await enter(page, 'office', '/campaigns?show=open')
  await page.getByRole('link', { name: TITLE }).click()
  await settled(page)
  await expect(page.getByText('4 / 4')).toBeVisible()
  await expect(page.getByRole('heading', { name: '结果' })).toHaveCount(0)
  await page.getByRole('button', { name: '结束并计票' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束并计票' }).click()
  await expect(page.getByRole('heading', { name: '结果' })).toBeVisible()
  const row = page.locator('section').filter({ hasText: '宽严校正后' }).locator('tbody tr').first()
  await expect(row).toContainText(/[34]/)
  const calibration = page.getByRole('region', { name: '评价校准', exact: true })
  await expect(calibration).toContainText('4 张票')
  await expect(calibration.getByRole('region', { name: '校正前后' }).locator('tbody tr').first()).toContainText(/[34]/)
  await expect(calibration.getByText('异常票')).toHaveCount(0) // signals are for the panel
  const address = page.url()
  await enter(page, 'panel', new URL(address).pathname)
  await expect(calibration).toContainText('异常票')
  await expect(calibration).toContainText('Krippendorff α')
})
