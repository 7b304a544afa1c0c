import { accounts, enter, expect, field, gone, open, settled, test } from './support'

/** Duties handed over, late items, weights judged two by two, the year and its model. */
test('a head hands a duty over for some days and takes it back', async ({ page }) => {
  await enter(page, 'unit_head', '/delegations')
  await page.getByRole('button', { name: '委托他人代办' }).first().click()
  const box = page.getByRole('dialog')
  await field(box, '哪项职责').selectOption({ index: 0 })
  await field(box, '委托给').selectOption({ label: (await field(box, '委托给').locator('option').allTextContents())[0] ?? '' })
  await field(box, '理由').fill('出差')
  await box.getByRole('button', { name: '委托他人代办' }).click()
  expect(await gone(box)).toBe(true)
  const one = page.locator('section.panel').filter({ hasText: '生效中' }).first()
  await expect(one).toContainText('出差')
  await one.getByRole('button', { name: '提前结束' }).click()
  await settled(page)
  await expect(page.getByText('生效中')).toHaveCount(0)
})

test('the office lets the next head up verify what a head leaves lying, and is told how many', async ({ page }) => {
  await enter(page, 'unit_head', '/delegations')
  await expect(page.getByRole('button', { name: '改由上一级核实' })).toHaveCount(0)
  await enter(page, 'office', '/delegations')
  const unit = accounts().find((one) => one.role === 'unit_head')?.unit ?? ''
  await page.getByRole('button', { name: '改由上一级核实' }).click()
  const box = page.getByRole('dialog', { name: '改由上一级核实' })
  await field(box, '哪个单位的').selectOption(unit)
  await expect(box.getByRole('button', { name: '改由上一级核实' })).toBeDisabled()
  await field(box, '理由').fill('久拖不办')
  await box.getByRole('button', { name: '改由上一级核实' }).click()
  expect(await gone(box)).toBe(true)
  await expect(page.getByRole('status').filter({ hasText: '上一级' })).toContainText(/有 [1-9]\d* 项改由上一级核实|没有可以改由上一级核实的申报/) // none where an earlier try did it
})

test('whoever missed a deadline asks to declare late, and sees whom it waits for', async ({ page, watch }) => {
  watch.expected.push(/409|422/) // not late enough, asked already
  await enter(page, 'staff', '/consents')
  const box = page.getByRole('dialog')
  await page.getByRole('button', { name: '申请补报' }).click()
  const periods = await field(box, '考核期').locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
  let done = false
  for (const period of periods.filter((one) => one.includes('-M')).reverse()) {
    await field(box, '考核期').selectOption(period)
    await field(box, '指标').selectOption({ index: 1 + (Date.now() % 3) })
    await field(box, '理由').fill('当时在外培训')
    await box.getByRole('button', { name: '提交' }).click()
    done = await gone(box)
    if (done) break
  }
  if (done) await expect(page.locator('section.panel').filter({ hasText: '当时在外培训' }).first()).toContainText(/等 .+ 答复/)
  else await expect(box.getByRole('alert')).toContainText(/期限|申报|补报/)
})

test('leaders compare two by two, with the consistency of it at once', async ({ page }) => {
  await enter(page, 'office', '/weights')
  const part = page.locator('form').getByLabel('哪一部分')
  await part.selectOption({ index: 1 })
  await page.getByRole('button', { name: '发出问卷' }).click()
  await expect(page.getByText('0 人已答')).toBeVisible()
  const address = new URL(page.url())
  await enter(page, 'leader', `${address.pathname}${address.search}`)
  const sliders = page.locator('form.sides input[type=range]')
  await sliders.nth(0).fill('-8')
  await sliders.nth(1).fill('8')
  await expect(page.getByText('前后有矛盾')).toBeVisible()
  await expect(page.getByText('最不一致的是')).toBeVisible()
  for (let at = 0; at < await sliders.count(); at += 1) await sliders.nth(at).fill('0')
  await expect(page.getByText('前后一致').first()).toBeVisible()
  await page.getByRole('button', { name: '提交我的比较' }).click()
  await expect(page.getByText('1 人已答')).toBeVisible()
})

test('the year and its calendar stand in one page, every revision of its model in the next', async ({ page }) => {
  await enter(page, 'office', '/cycles')
  await expect(page.getByRole('heading', { name: '日历' })).toBeVisible()
  await page.getByRole('button', { name: '进入结账' }).click()
  await expect(page.getByRole('dialog')).toContainText('不再接受新的申报')
  await page.getByRole('button', { name: '取消' }).click()
  await open(page, '/models')
  await expect(page.getByText('第 1 版').first()).toBeVisible()
  await open(page, '/generate')
  await expect(page.getByRole('button', { name: '生成目标' })).toBeVisible()
})

test('for a unit whose post is vacant the office names who acts, until it ends or somebody heads it again', async ({ page }) => {
  // Whoever heads it is put down as one of its people for a while, and as head again afterwards.
  const UNIT = 'D15'
  const put = async (head: boolean): Promise<void> => {
    await enter(page, 'hr', '/people/P0016')
    await page.getByRole('button', { name: '更正任职' }).click()
    await settled(page)
    const places = page.getByRole('dialog', { name: '更正任职' })
    const post = field(places.getByRole('group').first(), '岗位')
    const of = await post.locator('option').evaluateAll((all, unit) => all.map((one) => (one as HTMLOptionElement).value).filter((value) => value.startsWith(`${unit}-`)), UNIT)
    const wanted = of.find((value) => (value === `${UNIT}-01`) === head) ?? ''
    if ((await post.inputValue()) === wanted) return
    await post.selectOption(wanted)
    await field(places, '理由').fill('按任职文件更正')
    await places.getByRole('button', { name: '保存' }).click()
    expect(await gone(places)).toBe(true)
  }
  await put(false)
  await enter(page, 'office', '/delegations')
  await page.getByRole('button', { name: '指定代行' }).click()
  const box = page.getByRole('dialog', { name: '指定代行' })
  await expect(async () => {
    await page.reload() // the copies of other services come in a moment
    await settled(page)
    await page.getByRole('button', { name: '指定代行' }).click()
    await expect(field(box, '哪个单位（负责人空缺的）').locator(`option[value=${UNIT}]`)).toBeAttached({ timeout: 1000 })
  }).toPass()
  await field(box, '哪个单位（负责人空缺的）').selectOption(UNIT)
  await field(box, '由谁代行').selectOption({ index: 2 })
  await field(box, '到').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10))
  await field(box, '理由').fill('科长调任，尚未任命')
  await box.getByRole('button', { name: '指定代行' }).click()
  expect(await gone(box)).toBe(true)
  const one = page.locator('section.panel').filter({ hasText: '负责人空缺' }).filter({ hasText: '生效中' })
  await expect(one).toContainText('科长调任，尚未任命')
  await one.getByRole('button', { name: '提前结束' }).click()
  await expect(one).toHaveCount(0)
  await put(true)
})
