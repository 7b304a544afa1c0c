import { enter, expect, field, gone, mark, open, settled, test } from './support'

/** Leaders' floors and ceilings: set with the reason, changed, lifted again. */
test('a leader gives a target its floor, and lifts it again', async ({ page }) => {
  await enter(page, 'leader', '/generate?show=limits')
  const reason = `稳定增长 ${mark()}`
  const box = page.getByRole('dialog', { name: '上下限' })
  await page.getByRole('button', { name: '设一项上下限' }).click()
  await field(box, '指标').selectOption({ index: 0 })
  await field(box, /^下限/).fill('20')
  await field(box, /^上限/).fill('10')
  await field(box, '理由').fill(reason)
  await expect(box.getByRole('button', { name: '保存' })).toBeDisabled() // the floor above the ceiling
  await field(box, /^上限/).fill('30')
  await box.getByRole('button', { name: '保存' }).click()
  expect(await gone(box)).toBe(true)
  const row = page.getByRole('region', { name: '上下限' }).locator('tbody tr').filter({ hasText: reason })
  await expect(row).toContainText('30')
  await row.getByRole('button', { name: /^修改/ }).click()
  await field(box, /^下限/).fill('')
  await field(box, /^上限/).fill('')
  await field(box, '理由').fill('不再需要')
  await box.getByRole('button', { name: '保存' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  await expect(row).toHaveCount(0)
  await enter(page, 'auditor')
  await open(page, '/generate?show=limits')
  await expect(page.getByRole('button', { name: '设一项上下限' })).toHaveCount(0)
})

test('proposals of shares are made by a job that is looked after until it is done', async ({ page }) => {
  await enter(page, 'office', '/allocate')
  const button = page.getByRole('button', { name: '生成分解建议' })
  await button.click()
  await expect(button).toBeEnabled()
  await expect(page.locator('section.job progress')).toHaveCount(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('listbox', { name: '分解认领' })).toBeVisible()
})
