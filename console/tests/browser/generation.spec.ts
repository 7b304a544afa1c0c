import { enter, expect, field, gone, mark, settled, test } from './support'

/** What targets are generated from: coefficients, what positions and persons count for, who takes no part of what, results of past years. */
test('the office lays down by what targets are generated, and leaders see it', async ({ page }) => {
  await enter(page, 'office', '/generate?show=settings')
  const box = page.getByRole('dialog', { name: '修改生成设置' })
  const begin = async (): Promise<void> => {
    await page.getByRole('button', { name: '修改生成设置' }).click()
    await settled(page)
  }
  await begin()
  await field(box, /^向中位数靠拢/).fill('3')
  await expect(box.getByRole('button', { name: '保存' })).toBeDisabled() // more than 1
  await field(box, /^向中位数靠拢/).fill('0.4')
  const people = box.getByRole('group', { name: '个人的工作量' })
  await people.getByRole('combobox', { name: /^添加/ }).selectOption({ index: 1 })
  await expect(box.getByRole('button', { name: '保存' })).toBeDisabled() // nothing said of whom was added
  await people.getByRole('textbox').last().fill('0.5')
  const rules = box.getByRole('group', { name: '哪些人不承担哪些指标' })
  await rules.getByRole('button', { name: '添加一条' }).click()
  const rule = rules.getByRole('group').last()
  await rule.getByRole('combobox', { name: '指标' }).selectOption({ index: 1 })
  await rule.getByRole('combobox', { name: '这些岗位不承担' }).selectOption({ index: 1 })
  await box.getByRole('button', { name: '保存' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  await expect(page.getByRole('row', { name: /向中位数靠拢/ })).toContainText('0.4')
  await enter(page, 'leader', '/generate?show=settings')
  await expect(page.getByText('这些岗位不承担').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '修改生成设置' })).toHaveCount(0)
  await enter(page, 'office', '/generate?show=settings')
  await begin()
  await field(box, /^向中位数靠拢/).fill('0.3')
  await people.getByRole('button', { name: /^去掉/ }).last().click()
  await rules.getByRole('button', { name: /^去掉第/ }).last().click()
  await box.getByRole('button', { name: '保存' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  await expect(page.getByRole('row', { name: /向中位数靠拢/ })).toContainText('0.3')
})

test('the office records a past year of units, and puts it right', async ({ page }) => {
  await enter(page, 'office', '/generate?show=results')
  const [first, second] = [String(Number.parseInt(mark(), 36) % 9_000 + 11_000), '77']
  const box = page.getByRole('dialog', { name: '登记往年实绩' })
  const record = async (number: string): Promise<void> => {
    await page.getByRole('button', { name: '登记往年实绩' }).click()
    await settled(page)
    await field(box, '指标').selectOption({ index: 0 })
    await field(box, '哪一年').fill('2021')
    const station = box.getByRole('textbox', { name: /工商所.*的实绩$/ }).first()
    await station.fill('十二')
    await expect(box.getByRole('button', { name: '保存' })).toBeDisabled() // no number
    await station.fill(number)
    await box.getByRole('button', { name: '保存' }).click()
    expect(await gone(box)).toBe(true)
    await settled(page)
    await expect(page.getByRole('status').filter({ hasText: '已登记 1 个数' })).toBeVisible()
  }
  await record(first)
  await page.getByRole('combobox', { name: '指标', exact: true }).selectOption({ index: 1 })
  await settled(page)
  const row = page.getByRole('region', { name: '往年实绩' }).getByRole('row').filter({ hasText: '2021' }).filter({ hasText: '工商所' })
  await expect(row.filter({ hasText: first })).toContainText('考核办登记')
  await record(second)
  await expect(row.filter({ hasText: first })).toHaveCount(0)
  await expect(row.filter({ hasText: second })).toHaveCount(1)
  await enter(page, 'leader', '/generate?show=results')
  await expect(page.getByRole('region', { name: '往年实绩' })).toBeVisible()
  await expect(page.getByRole('button', { name: '登记往年实绩' })).toHaveCount(0)
})
