import type { Page } from '@playwright/test'
import { MONTH, accounts, api, day, enter, enterAs, expect, field, mark, onFreeDays, open, settled, spares, test } from './support'

/** What human resources arrange: duties, daily time off, turns, numbers on the clocks, days of leave; and what people see of it. */
test.describe.configure({ mode: 'serial' })
const MARK = mark()
const DUTY = `夜间值守 ${MARK}`
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

const ask = (page: Page, length: number, fill: (box: ReturnType<Page['getByRole']>) => Promise<unknown>): Promise<void> => onFreeDays(page, '申请请假外出', '提交', length, async (box, first, last) => {
  await field(box, '从').fill(first)
  await field(box, '到').fill(last)
  await fill(box)
  await field(box, '理由').fill(`家中有事 ${MARK}`)
})
/** What an earlier try left: ended before its first day it never held. */
async function withoutTimes(page: Page): Promise<void> {
  const { items } = await api<{ items: { allowance: string; starts: string; ends: string; revision: number }[] }>(page, `daily-allowances?person=${one().person}&limit=100`)
  for (const left of items.filter((known) => known.ends >= known.starts)) {
    const last = new Date(Date.parse(left.starts) - 86_400_000).toISOString().slice(0, 10)
    expect(await send(page, `daily-allowances/${left.allowance}/end`, { last, revision: left.revision })).toBe(200)
  }
}

test('leave is asked for by the hour, and the year says what is left', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enterAs(page, one().account, `/attendance?month=${MONTH}`)
  await expect(page.getByRole('region', { name: /年假期余额/ }).getByRole('row', { name: /年休假/ })).toContainText(/15|7\.5/)
  await ask(page, 1, async (box) => {
    await field(box, '假别').selectOption('outing')
    await box.getByLabel('按小时').check()
    await field(box, '几点起').fill('09:00')
    await field(box, '到几点').fill('11:30')
  })
  await expect(page.locator('section').filter({ hasText: '请假与说明' })).toContainText(new RegExp(`因公外出 .*09:00—11:30 家中有事 ${MARK}`))
})

test('human resources arrange a duty, time off and turns; the person sees them beside the month', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enter(page, 'hr', `/attendance/desk?show=duties&month=${MONTH}`)
  const name = await nameOf(page)
  const box = page.getByRole('dialog')
  await onFreeDays(page, '安排值班', '安排值班', 1, async (duty, first) => {
    await field(duty, '姓名').selectOption({ label: name })
    await field(duty, '值班事项').fill(DUTY)
    await field(duty, '从').fill(`${first}T18:00`)
    await field(duty, '到').fill(`${first}T21:00`)
  })
  await expect(page.getByRole('row').filter({ hasText: DUTY })).toContainText(name)
  await withoutTimes(page)
  await open(page, '/attendance/desk?show=times')
  await page.getByRole('button', { name: '登记每日时间' }).click()
  await field(box, '姓名').selectOption({ label: name })
  await field(box, '从').fill(day(1))
  await field(box, '到').fill(day(31))
  await field(box, '理由').fill(MARK)
  await box.getByRole('button', { name: '登记每日时间' }).click()
  await expect(box).toBeHidden()
  await expect(page.getByRole('group', { name: `${name} 哺乳时间` }).filter({ hasText: MARK })).toContainText('早走 60 分钟')
  await open(page, '/attendance/desk?show=shifts')
  await page.getByRole('button', { name: '排班', exact: true }).click()
  await field(box, '姓名').selectOption({ label: name })
  await field(box, '怎样上班').selectOption('rotation')
  await field(box, '从').fill(day(1))
  await box.getByLabel('第 1 天').selectOption({ index: 0 })
  await box.getByRole('button', { name: '排班' }).click()
  await expect(box).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: name }).first()).toContainText('轮班')
  await enterAs(page, one().account, `/attendance?month=${MONTH}`)
  await expect(page.getByRole('region', { name: '值班与班次' })).toContainText(/轮班.*、休/)
  await expect(page.getByRole('region', { name: '值班与班次' })).toContainText('早走 60 分钟')
})

test('a duty is taken back, time off ends earlier, days of leave are set', async ({ page }) => {
  await enter(page, 'hr', `/attendance/desk?show=duties&month=${MONTH}`)
  const name = await nameOf(page)
  const row = page.getByRole('row').filter({ hasText: name })
  const duty = row.filter({ hasText: DUTY })
  await expect(duty).toContainText('已安排')
  await duty.getByRole('button', { name: `取消${name}的值班` }).click()
  await expect(duty).not.toContainText('已安排')
  await open(page, '/attendance/desk?show=times')
  await page.getByRole('group', { name: `${name} 哺乳时间` }).filter({ hasText: MARK }).getByRole('button', { name: '提前结束' }).click()
  await field(page.getByRole('dialog'), '到哪一天为止（含当天）').fill(day(2))
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
  const pin = `9${String(Date.now()).slice(-10)}` // longer than those of the demo
  await page.getByLabel('导入工号簿').setInputFiles({ name: '工号.csv', mimeType: 'text/csv', buffer: Buffer.from(`人员编号,姓名,工号,设备组,起始日\n${one().person},${name},${pin},,\n`, 'utf8') })
  await expect(page.getByRole('status').filter({ hasText: '已登记 1 人' })).toBeVisible()
  await open(page, '/attendance/desk?show=months')
  const [month] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /考勤表（表格）/ }).nth(1).click()])
  expect(month.suggestedFilename()).toContain('考勤表')
})

test('what is longer than human resources grant goes on to a leader, who decides', async ({ page, watch }) => {
  watch.expected.push(/409|422/)
  await enterAs(page, one().account, `/attendance?month=${MONTH}`)
  await ask(page, 5, (box) => field(box, '假别').selectOption('personal'))
  await enter(page, 'hr')
  const name = await nameOf(page)
  expect(await send(page, 'attendance-rules', { rule: 'hr_alone_days', value: 1, starts: day(1) })).toBe(200)
  await open(page, '/attendance/desk')
  const asked = page.getByRole('group', { name: `${name} 事假` }).filter({ hasText: MARK })
  await asked.getByRole('button', { name: '同意', exact: true }).click()
  await expect(asked).toHaveCount(0)
  await enter(page, 'leader', '/attendance/desk')
  await expect(asked).toContainText('待局领导审批')
  await expect(asked).toContainText('同意并报局领导')
  await asked.getByRole('button', { name: '同意', exact: true }).click()
  await expect(asked).toHaveCount(0)
  await settled(page)
})
