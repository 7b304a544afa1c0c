import { enter, expect, field, gone, mark, open, settled, test } from './support'

/** 指标修改建议: anybody proposes beside the indicator, the panel decides, and who proposed it reads what came of it. */
test('a change of an indicator is proposed, decided by the panel, and told to who proposed it', async ({ page }) => {
  await enter(page, 'staff', '/library/02-01-01')
  const reason = `标准偏高 ${mark()}`
  const name = (await page.locator('article.detail h2').textContent())?.trim() ?? ''
  await page.getByRole('button', { name: '提修改建议' }).click()
  const box = page.getByRole('dialog', { name: /^修改建议/ })
  await settled(page)
  if (!(await field(box, '佐证材料').count())) await field(box, '还要改的栏目').selectOption('evidence') // unless a draft of a try before has it
  await field(box, '理由').fill('')
  await expect(box.getByRole('button', { name: '提交' })).toBeDisabled()
  await field(box, '佐证材料').fill('台账、现场照片')
  await field(box, '理由').fill(reason)
  await box.getByRole('button', { name: '提交' }).click()
  expect(await gone(box)).toBe(true)
  await expect(page).toHaveURL(/\/library\/proposals\?show=mine/)
  const list = page.getByRole('listbox', { name: '修改建议' })
  const detail = page.getByRole('article', { name: '修改建议' })
  await list.getByRole('option').first().click()
  await expect(detail).toContainText(reason)
  await expect(detail).toContainText('台账、现场照片')
  await expect(detail.getByRole('button', { name: '撤回建议' })).toBeVisible()
  await expect(detail.getByRole('button', { name: '采纳' })).toHaveCount(0)

  await enter(page, 'panel', '/library/proposals?show=open')
  await list.getByRole('option').filter({ hasText: name.slice(-6) }).first().click()
  await expect(detail).toContainText(reason)
  await detail.getByRole('button', { name: '不采纳' }).click()
  const asking = page.getByRole('dialog', { name: '不采纳' })
  await field(asking, '理由').fill('照片已在依据中要求')
  await asking.getByRole('button', { name: '不采纳' }).click()
  expect(await gone(asking)).toBe(true)

  await enter(page, 'staff')
  await open(page, '/library/proposals?show=rejected')
  await list.getByRole('option').filter({ hasText: name.slice(-6) }).first().click()
  await expect(detail).toContainText('照片已在依据中要求')
})

test('a new indicator begins as one that is like it, and can be withdrawn', async ({ page }) => {
  await enter(page, 'unit_head', '/library/proposals')
  const title = `夜间巡查 ${mark()}`
  await page.getByRole('button', { name: '建议新增指标' }).click()
  const box = page.getByRole('dialog', { name: '建议新增指标' })
  await settled(page)
  await field(box, '以哪一项为底').selectOption('01-01-01')
  await field(box, /^新指标的编码/).fill('01-01-99')
  await field(box, '三级指标').fill(title)
  await field(box, '理由').fill('夜间问题多')
  await box.getByRole('button', { name: '提交' }).click()
  expect(await gone(box)).toBe(true)
  const list = page.getByRole('listbox', { name: '修改建议' })
  const detail = page.getByRole('article', { name: '修改建议' })
  await list.getByRole('option').filter({ hasText: title }).click()
  await expect(detail).toContainText('夜间问题多')
  await detail.getByRole('button', { name: '撤回建议' }).click()
  await expect(list.getByRole('option').filter({ hasText: title })).toContainText('已撤回')
})
