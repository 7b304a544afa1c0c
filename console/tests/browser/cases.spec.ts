import type { Page } from '@playwright/test'
import { accounts, api, enter, enterAs, expect, field, open, test } from './support'

interface Listed { code: string; number: string; status: string; handler: string | null; unit: string }
const TRADER = '督办测试经营部'
/** The case that the first test registers: the newest of its trader. */
async function registered(page: Page): Promise<Listed> {
  const { items } = await api<{ items: (Listed & { registered_at: string })[] }>(page, `cases?trader=${encodeURIComponent(TRADER)}`)
  return items.sort((one, two) => two.registered_at.localeCompare(one.registered_at))[0] as Listed
}
const detail = (page: Page) => page.getByRole('article')
const events = (page: Page) => page.getByRole('region', { name: '办理经过' })

test('a case is registered, sent, urged by a superior; the handler answers, and everybody sees when', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases/new')
  await field(page, /^消费者姓名/).fill('冷先生')
  await field(page, /^被投诉举报的经营者/).fill(TRADER)
  await field(page, /^事情经过与诉求/).fill('购买的取暖器三天后不发热，要求退货')
  const handler = accounts().find((known) => known.role === 'staff')
  await field(page, '承办单位').selectOption(handler?.unit ?? '')
  await field(page, '承办人').selectOption(handler?.person ?? '')
  await page.getByRole('button', { name: /^登记/ }).click()
  await page.getByRole('status').getByRole('link', { name: '打开' }).click()
  await expect(events(page)).toContainText('分派')
  const one = await registered(page)
  await detail(page).getByRole('button', { name: '督办', exact: true }).click()
  const box = page.getByRole('dialog', { name: /督办/ })
  await expect(box.getByRole('button', { name: '督办', exact: true })).toBeDisabled()
  await field(box, '督办要求').fill('请三日内联系投诉人并回复')
  await field(box, '回复期限（可不填）').fill('2099-01-05')
  await box.getByRole('button', { name: '督办', exact: true }).click()
  const urged = page.getByRole('region', { name: '督办' })
  await expect(urged).toContainText('请三日内联系投诉人并回复')
  await expect(urged).toContainText('待回复')
  await enterAs(page, handler?.account ?? '', `/cases/${one.code}`)
  await detail(page).getByRole('button', { name: '督办回复' }).click()
  await field(page.getByRole('dialog'), '回复内容').fill('已于今日联系，约定明日到店')
  await page.getByRole('dialog').getByRole('button', { name: '督办回复' }).click()
  await expect(urged).toContainText('已回复')
  await expect(events(page)).toContainText('已于今日联系，约定明日到店')
})

test('an event is put right, another annulled, the registration last of all: all stay on record with the reason', async ({ page }) => {
  const handler = accounts().find((known) => known.role === 'staff')
  await enterAs(page, handler?.account ?? '')
  const one = await registered(page)
  await open(page, `/cases/${one.code}`)
  await detail(page).getByRole('button', { name: '首次联系' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '首次联系' }).click()
  await expect(events(page)).toContainText('首次联系')
  await enter(page, 'complaints_centre', `/cases/${one.code}`)
  const first = events(page).getByRole('listitem').filter({ hasText: '登记' }).first()
  await first.getByRole('button', { name: '更正' }).click()
  const box = page.getByRole('dialog', { name: '更正：登记' })
  await field(box, '商品或服务（可不填）').fill('取暖器')
  await expect(box.getByRole('button', { name: '更正' })).toBeDisabled()
  await field(box, '理由').fill('登记时漏填商品')
  await box.getByRole('button', { name: '更正' }).click()
  await expect(first).toContainText('已更正')
  const contact = events(page).getByRole('listitem').filter({ hasText: '首次联系' }).first()
  await contact.getByRole('button', { name: '撤销' }).click()
  await field(page.getByRole('dialog'), '理由').fill('号码拨错，没有联系上投诉人')
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
  await expect(contact).toContainText('已撤销')
  await expect(events(page)).toContainText('号码拨错，没有联系上投诉人')
  expect((await api<{ goods: string; contacted_at: string | null }>(page, `cases/${one.code}`))).toMatchObject({ goods: '取暖器', contacted_at: null })
  await first.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('dialog')).toContainText('这一件就作废')
  await field(page.getByRole('dialog'), '理由').fill('同一来电登记了两次')
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
  await expect(first).toContainText('已撤销')
  expect((await api<{ status: string }>(page, `cases/${one.code}`)).status).toBe('voided')
})

test('whoever did not work on a case calls back; nobody answering is noted as such', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases?show=follow_up')
  const { items } = await api<{ items: (Listed & { followed_up_at: string | null })[] }>(page, 'cases?status=concluded&limit=50')
  const waiting = items.filter((known) => !known.followed_up_at)
  expect(waiting.length).toBeGreaterThan(0)
  for (const known of waiting) {
    await open(page, `/cases/${known.code}`)
    if (!(await detail(page).getByRole('button', { name: '回访' }).count())) continue
    await detail(page).getByRole('button', { name: '回访' }).click()
    const box = page.getByRole('dialog', { name: /回访/ })
    await expect(box).toContainText('不选满意度，记为没有接通')
    await field(box, '满意度（可不填）').selectOption('satisfied')
    await box.getByRole('button', { name: '回访' }).click()
    await expect(events(page)).toContainText('回访')
    expect(await api(page, `cases/${known.code}`)).toMatchObject({ answered: true, satisfaction: 'satisfied' })
    return
  }
  throw new Error('nothing could be followed up')
})

test('the office sets what holds from a day on; the page says since when, others only read it', async ({ page }) => {
  await enter(page, 'office', '/cases/settings')
  await field(page, '督办几个工作日内回复').fill('5')
  await field(page, '值班电话').fill('010-12315')
  await page.getByRole('button', { name: /起施行$/ }).click()
  await expect(page.getByRole('status')).toContainText('已设定')
  await expect(page.getByText('已设定、尚未到期的')).toBeVisible()
  const { today, dated } = await api<{ today: { answer_days: number }; dated: { answer_days: number }[] }>(page, 'case-settings')
  expect([today.answer_days, dated.at(-1)?.answer_days]).toEqual([3, 5])
  await enter(page, 'leader', '/cases/settings')
  await expect(field(page, '值班电话')).toBeDisabled()
  await expect(page.getByText('由考核办或 12315 中心负责人设定')).toBeVisible()
})

test('a place of the settings suggests whose case it is, and the operator takes it', async ({ page }) => {
  await enter(page, 'office', '/cases/settings')
  await field(page, '自哪天起施行').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: '再加一个' }).click()
  await field(page, '地名或平台名').last().fill('试验路')
  const unit = accounts().find((known) => known.role === 'staff')?.unit ?? ''
  await field(page, '承办单位').last().selectOption(unit)
  await page.getByRole('button', { name: /起施行$/ }).click()
  await expect(page.getByRole('status')).toBeVisible()
  await enter(page, 'complaints_centre', '/cases/new')
  await field(page, /^经营地址/).fill('试验路 8 号')
  const whose = page.getByRole('region', { name: '管辖提示' })
  await expect(whose).toContainText('第13条')
  await whose.getByRole('button', { name: '选用' }).click()
  await expect(field(page, '承办单位')).toHaveValue(unit)
})
