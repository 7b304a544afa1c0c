import { enter, enterAs, expect, field, gone, mark, onFreeDays, open, settled, test } from './support'

/** Leave asked for and decided, a month of the unit at a glance, months closed, the clocks on their wall. */
test.describe.configure({ mode: 'serial' })

test('one sees the running month day by day, and asks for leave', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enter(page, 'staff', '/attendance')
  await expect(page.getByText('本月还没有月结')).toBeVisible()
  await expect(page.locator('td.today')).toHaveCount(1)
  await onFreeDays(page, '申请请假外出', '提交', 1, async (box, first, last) => {
    await field(box, '假别').selectOption('personal')
    await field(box, '从').fill(first)
    await field(box, '到').fill(last)
    await field(box, '理由').fill('家中有事')
  })
  await expect(page.locator('section').filter({ hasText: '请假与说明' })).toContainText('待审批')
})

test('the head sees the whole month of the unit and decides; nobody decides on their own', async ({ page }) => {
  await enter(page, 'unit_head', '/attendance/team')
  await expect(page.getByRole('row').filter({ hasText: '熊思华' })).toBeVisible()
  await open(page, '/attendance/desk')
  const asked = page.getByRole('group', { name: /熊思华 事假/ }).first()
  await asked.getByRole('button', { name: '同意', exact: true }).click()
  await settled(page)
  await enter(page, 'staff', '/attendance')
  await expect(page.locator('section').filter({ hasText: '请假与说明' })).toContainText('已批准')
})

test('human resources find anomalies and close a month', async ({ page }) => {
  await enter(page, 'hr', '/attendance/desk?show=months')
  const again = page.getByRole('table').getByRole('button', { name: /^(重新)?月结$/ }).first()
  await again.click()
  await page.getByRole('dialog').getByRole('button', { name: '月结' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已月结' })).toBeVisible()
  await page.getByRole('button', { name: /^考勤异常/ }).click()
  await settled(page)
  await expect(page.getByRole('table').or(page.getByText('这个月没有异常')).first()).toBeVisible()
})

test('a day of a month tells each punch and by which it was judged', async ({ page }) => {
  await enter(page, 'hr', '/attendance/desk?show=records')
  await page.getByRole('button', { name: '打卡', exact: true }).click()
  await settled(page)
  const row = page.getByRole('table').locator('tbody tr').first()
  await expect(row).toBeVisible()
  const name = (await row.locator('td').first().textContent())?.trim() ?? ''
  expect(name).not.toBe('')
  await page.getByRole('searchbox', { name: '找姓名或单位' }).fill(name)
  const rows = page.getByRole('table').locator('tbody tr')
  await expect(rows.filter({ hasNotText: name })).toHaveCount(0)
  await expect(rows.first()).toBeVisible()
  await enter(page, 'staff', '/attendance')
  await page.getByLabel('月份').selectOption({ index: 1 })
  await settled(page)
  await page.locator('td.good button.at').first().click()
  const day = page.getByRole('dialog')
  await expect(day.getByRole('row').filter({ hasText: '上班' })).toContainText('正常')
  await expect(day).toContainText(/打卡 \d+ 次/)
  await expect(day.getByText(/\d\d:\d\d/).first()).toBeVisible()
})

test('what came on paper is registered by human resources for somebody, and found again', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enter(page, 'hr', '/attendance/desk?show=records')
  await onFreeDays(page, '代登记请假', '代登记请假', 1, async (box, first, last) => {
    await box.locator('select').first().selectOption({ label: '熊思华' })
    await field(box, '假别').selectOption('sick')
    await field(box, '从').fill(first)
    await field(box, '到').fill(last)
    await field(box, '理由').fill('病假条')
  })
  await page.getByRole('searchbox', { name: '找姓名或单位' }).fill('熊思华')
  await expect(page.getByRole('row').filter({ hasText: '病假条' }).first()).toContainText('已批准')
})

test('the wall says of every clock whether it is well, readable from afar', async ({ page }) => {
  await enterAs(page, 'p0015', '/devices/wall')
  await expect(page.locator('.wall li').first()).toBeVisible()
  await page.getByRole('link', { name: '上墙' }).click()
  await expect(page.locator('nav.side')).toHaveCount(0)
  const size = await page.locator('.count').first().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(size).toBeGreaterThanOrEqual(40)
})

test('a clock has a page: what it is told stands there, with a reason, until it is taken back', async ({ page }) => {
  await enterAs(page, 'p0015', '/devices/wall')
  await page.locator('.wall li').first().getByRole('link').click()
  await expect(page.getByRole('heading', { name: '下达命令' })).toBeVisible()
  await page.getByRole('button', { name: '补取打卡' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: '补取打卡' })).toBeDisabled()
  await dialog.getByLabel('为什么').fill('核对上月')
  await dialog.getByRole('button', { name: '补取打卡' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已下达 1 条' })).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: '补取打卡' }).filter({ hasText: '待取' }).first()
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: /^取消第/ }).click()
  await expect(page.getByRole('row').filter({ hasText: '补取打卡' }).filter({ hasText: '已取消' }).first()).toBeVisible()
})

test('a clock is registered by its serial number before it first connects, and stands on the wall', async ({ page, watch }) => {
  watch.expected.push(/\/devices\/NEW-/) // its page is still open when it has gone
  await enterAs(page, 'p0015', '/devices/wall')
  const serial = `NEW-${mark()}`
  await page.getByRole('button', { name: '登记考勤机' }).click()
  const box = page.getByRole('dialog', { name: '登记考勤机' })
  await field(box, '序列号').fill('序列号 7')
  await field(box, '名称').fill('新到的一台')
  await expect(box.getByRole('button', { name: '登记考勤机' })).toBeDisabled() // no serial number
  await field(box, '序列号').fill(serial)
  await field(box, '位置').fill('还在仓库')
  await box.getByRole('button', { name: '登记考勤机' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  const clock = page.locator('.wall li').filter({ hasText: '新到的一台' }).filter({ has: page.locator(`a[href$="${serial}"]`) })
  await expect(clock).toContainText('还在仓库')
  await clock.getByRole('link').click() // and goes again: no other test finds it
  await settled(page)
  await page.getByRole('button', { name: '停用' }).click()
  await settled(page)
  await enter(page, 'hr', '/devices/wall')
  await expect(page.locator('.wall li').first()).toBeVisible()
  await expect(clock).toHaveCount(0)
  await expect(page.getByRole('button', { name: '登记考勤机' })).toHaveCount(0)
})

test('the sheet of a closed month is signed by the person, the head and human resources', async ({ page }) => {
  for (const [role, button] of [['staff', /^本人签字/], ['unit_head', /^以负责人签字/], ['hr', /^以人事科签字/]] as const) {
    await enter(page, role, '/attendance/sheet')
    const month = page.getByLabel('月份')
    await expect(page.getByRole('row').nth(1).or(page.getByText('没有可看的考勤表'))).toBeVisible()
    const closed = (await month.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).slice(1)
    for (const one of closed) {
      await open(page, `/attendance/sheet?month=${one}`)
      await settled(page)
      if (await page.getByRole('button', { name: button }).isVisible()) break
    }
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('status').filter({ hasText: '已签' })).toBeVisible()
    await expect(page.getByRole('button', { name: button })).toHaveCount(0)
  }
})
