import { enter, expect, field, gone, open, settled, test } from './support'

/** Targets shared out with Σ in view, a claim changed, and one handed on to a colleague. */
test.describe.configure({ mode: 'serial' })

test('Σ follows what is typed, and what is saved stands in the list', async ({ page }) => {
  await enter(page, 'office')
  await open(page, '/allocate')
  await page.getByRole('listbox', { name: '分解认领' }).getByRole('option').first().click()
  const sum = page.getByRole('article').getByRole('status').first()
  const before = await sum.textContent()
  const amount = page.getByRole('article').locator('input.amount').first()
  const old = await amount.inputValue()
  await amount.fill(String(Number(old) + 3))
  await expect(sum).not.toHaveText(before ?? '')
  await amount.fill('三')
  await expect(page.getByRole('button', { name: /保存 \d+ 处改动/ })).toBeDisabled()
  await amount.fill(old)
  await expect(sum).toHaveText(before ?? '')
  await page.getByRole('button', { name: /^没认领完/ }).click()
  await expect(page).toHaveURL(/show=unclaimed/)
})

test('a claim is handed on: what the colleague cannot take is refused at once, the colleague answers, both see it', async ({ page, watch }) => {
  watch.expected.push(/422/) // beyond what one person may take
  await enter(page, 'staff')
  await open(page, '/claims')
  const rows = page.locator('tbody tr').filter({ has: page.getByRole('button', { name: '移交' }) })
  const box = page.getByRole('dialog')
  let indicator = ''
  for (let at = 0; at < await rows.count() && !indicator; at += 1) {
    await rows.nth(at).getByRole('button', { name: '移交' }).click()
    const people = await field(box, '移交给').locator('option').allTextContents()
    await field(box, '移交给').selectOption({ label: people.find((text) => text.startsWith('段勇')) ?? '' })
    if (await field(box, /^移交多少/).count()) await field(box, /^移交多少/).fill('1')
    await field(box, '理由').fill('工作调整')
    await box.getByRole('button', { name: '提交' }).click()
    if (!(await gone(box))) await box.getByRole('button', { name: '取消' }).click()
    else indicator = (await rows.nth(at).locator('td').first().textContent())?.trim().split(/\s/)[0] ?? ''
  }
  expect(indicator).not.toBe('')
  await open(page, '/claims/handovers')
  const mine = page.locator('section.panel').filter({ hasText: indicator }).first()
  await expect(mine).toContainText('待同事答复')
  await enter(page, 'unit_head')
  await open(page, '/claims/handovers')
  const theirs = page.locator('section.panel').filter({ hasText: indicator }).first()
  await theirs.getByRole('button', { name: '谢绝' }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('本季已满')
  await page.getByRole('dialog').getByRole('button', { name: '谢绝' }).click()
  await settled(page)
  await expect(theirs).toContainText('同事谢绝')
  await expect(theirs).toContainText('本季已满')
})
