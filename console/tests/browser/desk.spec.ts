import type { Page } from '@playwright/test'
import { accounts, api, enter, enterAs, expect, field, gone, open, settled, spares, test } from './support'

/** What human resources arrange: duties, daily time off, turns, numbers on the clocks, days of leave; and what people see of it. */
test.describe.configure({ mode: 'serial' })
const day = (offset: number): string => new Date(Date.now() + (offset * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
/** Somebody whom no other test arranges anything for. */
const one = (): { account: string; person: string } => {
  const changed = new Set(spares().map((known) => known.account))
  const found = accounts().filter((known) => known.role === 'staff' && !changed.has(known.account)).slice(-2)[0]
  if (!found) throw new Error('nobody is left')
  return found
}
const nameOf = async (page: Page): Promise<string> => (await api<{ name: string }>(page, `persons/${one().person}`)).name
const send = (page: Page, path: string, body: object): Promise<number> => page.evaluate(async (asked) => {
  const { csrf } = await (await fetch('/api/v1/sessions/current')).json() as { csrf: string }
  return (await fetch(`/api/v1/${asked.path}`, { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') }, body: JSON.stringify(asked.body) })).status
}, { path, body })

/** Asks for leave on days that are free: another one of before may lie there. */
async function ask(page: Page, from: number, length: number, fill: (box: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
  const box = page.getByRole('dialog', { name: '申请请假外出' })
  for (let offset = from; offset < 360; offset += length + 1) {
    await page.getByRole('button', { name: '申请请假外出' }).click()
    await field(box, '从').fill(day(offset))
    await field(box, '到').fill(day(offset + length))
    await fill(box)
    await field(box, '理由').fill('家中有事')
    await box.getByRole('button', { name: '提交' }).click()
    if (await gone(box)) return
    await box.getByRole('button', { name: '取消' }).click()
  }
  throw new Error('no day was free')
}

test('leave is asked for by the hour, and the year says what is left', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enterAs(page, one().account, '/attendance')
  await expect(page.getByRole('region', { name: /年假期余额/ }).getByRole('row', { name: /年休假/ })).toContainText(/15|7\.5/)
  await ask(page, 2, 0, async (box) => {
    await field(box, '假别').selectOption('outing')
    await box.getByLabel('按小时').check()
    await field(box, '几点起').fill('09:00')
    await field(box, '到几点').fill('11:30')
  })
  await expect(page.locator('section').filter({ hasText: '请假与说明' })).toContainText(/因公外出 .*09:00—11:30/)
})

test('human resources arrange a duty, time off and turns; the person sees them beside the month', async ({ page }) => {
  await enter(page, 'hr', '/attendance/desk?show=duties')
  const name = await nameOf(page)
  const box = page.getByRole('dialog')
  await page.getByRole('button', { name: '安排值班' }).click()
  await field(box, '姓名').selectOption({ label: name })
  await field(box, '值班事项').fill('夜间值守')
  await box.getByRole('button', { name: '安排值班' }).click()
  await expect(box).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: name }).first()).toContainText('夜间值守')
  await open(page, '/attendance/desk?show=times')
  await page.getByRole('button', { name: '登记每日时间' }).click()
  await field(box, '姓名').selectOption({ label: name })
  await box.getByRole('button', { name: '登记每日时间' }).click()
  await expect(page.getByRole('group', { name: `${name} 哺乳时间` }).first()).toContainText('早走 60 分钟')
  await open(page, '/attendance/desk?show=shifts')
  await page.getByRole('button', { name: '排班', exact: true }).click()
  await field(box, '姓名').selectOption({ label: name })
  await field(box, '怎样上班').selectOption('rotation')
  await field(box, '从').fill(day(1))
  await box.getByLabel('第 1 天').selectOption({ index: 0 })
  await box.getByRole('button', { name: '排班' }).click()
  await expect(box).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: name }).first()).toContainText('轮班')
  await enterAs(page, one().account, `/attendance?month=${day(1).slice(0, 7)}`)
  await expect(page.getByRole('region', { name: '值班与班次' })).toContainText(/轮班.*、休/)
  await expect(page.getByRole('region', { name: '值班与班次' })).toContainText('早走 60 分钟')
})

test('a duty is taken back, time off ends earlier, days of leave are set', async ({ page }) => {
  await enter(page, 'hr', '/attendance/desk?show=duties')
  const name = await nameOf(page)
  const row = page.getByRole('row').filter({ hasText: name })
  const called = row.filter({ hasText: '已安排' })
  const before = await called.count()
  await called.first().getByRole('button', { name: `取消${name}的值班` }).click()
  await expect(called).toHaveCount(before - 1)
  await open(page, '/attendance/desk?show=times')
  await page.getByRole('group', { name: `${name} 哺乳时间` }).filter({ has: page.getByRole('button') }).first().getByRole('button', { name: '提前结束' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '提前结束' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await open(page, '/attendance/desk?show=balances')
  await page.getByRole('button', { name: '核定额度' }).click()
  const box = page.getByRole('dialog', { name: '核定额度' })
  await field(box, '姓名').selectOption({ label: name })
  await field(box, /年共几天/).fill('7.5')
  await box.getByRole('button', { name: '核定额度' }).click()
  await expect(row).toContainText('7.5 / 7.5')
})

test('the numbers on the clocks go out as a sheet and come in again, wrong rows are named; the month sheet is a file', async ({ page, watch }) => {
  watch.expected.push(/422/)
  await enter(page, 'hr', '/attendance/desk?show=enrolments')
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出工号簿' }).click()])
  expect(sheet.suggestedFilename()).toMatch(/\.xlsx$/)
  await page.getByLabel('导入工号簿').setInputFiles({ name: '工号.csv', mimeType: 'text/csv', buffer: Buffer.from('人员编号,姓名,工号,设备组,起始日\nP9999,没有,9999,,\n', 'utf8') })
  await expect(page.getByRole('alert')).toContainText(/第 2 行/)
  const name = await nameOf(page)
  await page.getByLabel('导入工号簿').setInputFiles({ name: '工号.csv', mimeType: 'text/csv', buffer: Buffer.from(`人员编号,姓名,工号,设备组,起始日\n${one().person},${name},77${Date.now() % 100000},,\n`, 'utf8') })
  await expect(page.getByRole('status').filter({ hasText: '已登记 1 人' })).toBeVisible()
  await open(page, '/attendance/desk?show=months')
  const [month] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /考勤表（表格）/ }).nth(1).click()])
  expect(month.suggestedFilename()).toContain('考勤表')
})

test('what is longer than human resources grant goes on to a leader, who decides', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enterAs(page, one().account, '/attendance')
  await ask(page, 1, 4, (box) => field(box, '假别').selectOption('personal').then(() => undefined))
  await enter(page, 'hr')
  const name = await nameOf(page)
  expect(await send(page, 'attendance-rules', { rule: 'hr_alone_days', value: 1, starts: day(0) })).toBe(200)
  await open(page, '/attendance/desk')
  const asked = page.getByRole('group', { name: `${name} 事假` })
  const waiting = await asked.count()
  await asked.first().getByRole('button', { name: '同意', exact: true }).click()
  await expect(asked).toHaveCount(waiting - 1)
  await enter(page, 'leader', '/attendance/desk')
  const mine = asked.filter({ hasText: '待局领导审批' })
  await expect(mine.first()).toContainText('同意并报局领导')
  const left = await mine.count()
  await mine.first().getByRole('button', { name: '同意', exact: true }).click()
  await expect(mine).toHaveCount(left - 1)
  await settled(page)
})
