import { api, enter, expect, gone, openCycle, settled, test } from './support'

/** What stands beside the work: what raises a score, what has arrived at scoring, how the calendar of 12315 stands, what is to be recorded. */
test('a score tells what still raises it, the most first', async ({ page }) => {
  await enter(page, 'staff', '/score')
  await page.getByRole('button', { name: '怎样提分' }).click()
  await settled(page)
  const box = page.getByRole('region', { name: '怎样提分' })
  const gains = await box.locator('tbody td:last-child').allTextContents()
  expect(gains.length).toBeGreaterThan(1)
  const numbers = gains.map((one) => Number(one.replace('+', '')))
  expect(numbers).toEqual([...numbers].sort((one, two) => two - one))
  await expect(box).toContainText(/综合得分可达 \d+\.\d\d/)
  await box.locator('tbody a').first().click()
  await settled(page)
  await expect(page.locator('tr.asked')).toBeVisible()
})

test('who oversees scoring sees what has arrived there', async ({ page }) => {
  await enter(page, 'office', '/runs')
  const { counts } = await api<{ counts: Record<string, Record<string, number>> }>(page, `standings/facts?cycle=${await openCycle(page)}`)
  const declared = Object.values(counts['declaration'] ?? {}).reduce((sum, one) => sum + one, 0)
  expect(declared).toBeGreaterThan(0)
  await expect(page.getByRole('region', { name: '已到达核算的事实' })).toContainText(`申报${declared}`)
})

test('the centre sees how many cases wait to be counted anew after a change of the calendar', async ({ page }) => {
  await enter(page, 'complaints_centre', '/cases/settings')
  const box = page.getByRole('region', { name: '日历' })
  await expect(box).toContainText(/等着按新日历重算的\s*\d+ 件/)
  await expect(box).toContainText(/工作日已知到.*月\d+日/)
})

test('the to-do of recording leads to the period that is recorded', async ({ page }) => {
  await enter(page, 'office', '/assess?archive')
  const box = page.getByRole('dialog', { name: '按期归档' })
  await expect(box).toBeVisible()
  await settled(page)
  await box.locator('footer').getByRole('button', { name: '关闭' }).click()
  expect(await gone(box)).toBe(true)
})
