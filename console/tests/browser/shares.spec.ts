import type { Locator, Page } from '@playwright/test'
import { enter, expect, field, gone, open, settled, test } from './support'

/** What a unit's head does with the unit's share, what goes from one to another, and what is on record of it. */
test.describe.configure({ mode: 'serial' })
const number = (text: string | null): number => Number((text ?? '').replace(/[^\d.]/g, ''))
let indicator = ''

/** The row of a unit on the board of an item of which it holds a share. */
async function share(page: Page, unit: string): Promise<Locator> {
  const detail = page.getByRole('article', { name: '分解认领' })
  const row = detail.locator('form tbody tr').filter({ hasText: unit })
  await expect(row).toBeVisible()
  return row
}

test('a head lets the unit claim beyond its share, and takes it back', async ({ page }) => {
  await enter(page, 'unit_head', '/claims?unit=S01&subject=S01')
  indicator = (await page.locator('tbody tr').filter({ has: page.locator('input.amount') }).first().locator('td').first().textContent())?.trim().split(/\s/)[0] ?? ''
  await open(page, `/allocate?q=${encodeURIComponent(indicator)}`)
  await page.getByRole('listbox', { name: '分解认领' }).getByRole('option').first().click()
  await settled(page)
  const box = page.getByRole('dialog')
  for (const amount of ['2', '0']) {
    const row = await share(page, '城东工商所')
    await row.getByRole('button', { name: /^准许超额/ }).click()
    await expect(box.getByRole('button', { name: '准许超额' })).toBeDisabled() // not without its reason
    await field(box, /^可超过多少/).fill(amount)
    await field(box, '理由').fill('上级追加')
    await box.getByRole('button', { name: '准许超额' }).click()
    expect(await gone(box)).toBe(true)
    await settled(page)
    await (amount === '2' ? expect(row).toContainText('准许超额 2') : expect(row.locator('.pill.blue')).toHaveCount(0))
  }
})

test('a head gives a part of the share back and draws it again, on record', async ({ page }) => {
  await enter(page, 'unit_head', '/claims?unit=S01&subject=P0020')
  const rows = page.locator('tbody tr').filter({ has: page.locator('input.amount') })
  const row = rows.filter({ hasText: indicator }).first()
  const amount = row.locator('input.amount')
  const before = await amount.inputValue()
  const claimed = async (value: string): Promise<void> => {
    await open(page, '/claims?unit=S01&subject=P0020')
    await amount.fill(value)
    await page.getByRole('button', { name: '认领 1 项' }).click()
    await settled(page)
    await expect(page.getByRole('button', { name: '认领 1 项' })).toHaveCount(0)
  }
  await claimed(String(Number(before) - 1)) // so that one is nobody's
  const box = page.getByRole('dialog')
  for (const deed of ['退回', '认领'] as const) {
    await open(page, `/allocate?q=${encodeURIComponent(indicator)}`)
    await page.getByRole('listbox', { name: '分解认领' }).getByRole('option').first().click()
    await settled(page)
    const held = await share(page, '城东工商所')
    const quantity = number(await held.locator('td').nth(2).textContent())
    await held.getByRole('button', { name: new RegExp(`^${deed}：`) }).click()
    await field(box, new RegExp(`^${deed}多少`)).fill('1')
    await field(box, '理由').fill('试一试')
    await box.getByRole('button', { name: deed, exact: true }).click()
    expect(await gone(box)).toBe(true)
    await settled(page)
    await expect.poll(async () => number(await held.locator('td').nth(2).textContent())).toBe(quantity + (deed === '认领' ? 1 : -1))
    await expect(page.locator('.moves li').first()).toContainText(deed === '认领' ? '单位认领' : '退回')
  }
  await claimed(before)
})

test('a head hands a part of a claim from one to another, the office hands it back, both on record', async ({ page }) => {
  const box = page.getByRole('dialog')
  const hand = async (role: string, from: string, to: string): Promise<void> => {
    await enter(page, role, `/claims?unit=S01&subject=${from}&q=${encodeURIComponent(indicator)}`)
    await page.getByRole('button', { name: '转让' }).first().click()
    const people = await field(box, '移交给').locator('option').allTextContents()
    await field(box, '移交给').selectOption({ label: people.find((text) => text.startsWith(to)) ?? '' })
    await field(box, /^移交多少/).fill('1')
    await field(box, '理由').fill('外出学习')
    await box.getByRole('button', { name: '提交' }).click()
    expect(await gone(box)).toBe(true)
  }
  await enter(page, 'unit_head', '/claims?unit=S01&subject=P0019')
  const own = page.locator('tbody tr').filter({ hasText: indicator }).locator('input.amount')
  const before = await own.inputValue()
  const set = async (value: string): Promise<void> => {
    await open(page, '/claims?unit=S01&subject=P0019')
    await own.fill(value)
    await page.getByRole('button', { name: '认领 1 项' }).click()
    await settled(page)
    await expect(page.getByRole('button', { name: '认领 1 项' })).toHaveCount(0)
  }
  await set(String(Number(before) - 1)) // room for what comes
  await hand('unit_head', 'P0020', '段勇')
  await open(page, '/claims/handovers?show=movements')
  await expect(page.locator('.moves li').first()).toContainText('外出学习')
  await expect(page.locator('.moves li').first()).toContainText('→ 段勇')
  await hand('office', 'P0019', '熊思华')
  await enter(page, 'unit_head')
  await set(before)
})

test('the office shares a target out to its line, and no more than the target without a reason', async ({ page }) => {
  await enter(page, 'office', '/allocate')
  const line = page.locator('select[aria-label="口"]')
  await line.selectOption({ index: 2 })
  await page.getByRole('listbox', { name: '分解认领' }).getByRole('option').first().click()
  await settled(page)
  const detail = page.getByRole('article', { name: '分解认领' })
  const target = /\/ ([\d.,]+)/.exec((await detail.getByRole('status').first().textContent()) ?? '')?.[1]?.replace(',', '') ?? ''
  const amount = detail.locator('section').filter({ hasText: '分解到口' }).locator('input.amount').last()
  await amount.fill(String(Number(target) + 1))
  await expect(detail.getByRole('button', { name: '保存 1 处改动' })).toBeDisabled()
  await amount.fill(target)
  const save = detail.getByRole('button', { name: '保存 1 处改动' })
  if (await save.count()) await save.click() // a try before has set it
  await settled(page)
  await expect(detail.locator('section').filter({ hasText: '分解到口' })).toContainText('正好')
})
