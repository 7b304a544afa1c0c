import { accounts, api, attach, demo, enter, enterAs, expect, field, mark, open, openCycle, settled, spares, test } from './support'

/** A check announced, drawn, recomputed in the browser, inspected and closed; an appeal against it decided by a stranger to the matter. */
test.describe.configure({ mode: 'serial' })
const TITLE = `一月核评抽查 ${Date.now() % 100_000}`
let check = ''
let subject = ''
let finding = ''

test('the office announces a check: the list is frozen before the number is known', async ({ page }) => {
  await enter(page, 'office', '/checks/new')
  await field(page, '名称').fill(TITLE)
  await field(page, '考核期（该期内已核评的）').selectOption({ index: 0 })
  await field(page, '抽样办法').selectOption('size')
  await field(page, '件数').fill('8')
  await field(page, '虚假的按哪项提出否决').selectOption({ label: '瞒报虚报绩效数据' })
  await field(page, '公开数字').fill('双色球当日开奖号码')
  await page.getByRole('button', { name: '冻结名单并公告' }).click()
  await expect(page).toHaveURL(/checks\/[^/]{6,}$/)
  check = new URL(page.url()).pathname
  await expect(page.locator('dl.facts .hash')).toHaveText(/^[0-9a-f]{64}$/)
  await expect(page.getByText('当面复算')).toHaveCount(0)
})

test('drawn by a public number, anyone recomputes it in the browser, row by row', async ({ page }) => {
  await enter(page, 'office', check)
  await page.getByPlaceholder('双色球当日开奖号码').fill('02 09 11 17 28 33 + 06')
  await page.getByRole('button', { name: '抽取', exact: true }).click()
  await expect(page.getByRole('heading', { name: '当面复算' })).toBeVisible()
  await enter(page, 'staff', check)
  await page.getByRole('button', { name: '复算' }).click()
  await expect(page.getByText('复算 8 项，全部一致')).toBeVisible()
  await expect(page.getByRole('region', { name: '当面复算' }).or(page.locator('.rows')).locator('tbody tr')).toHaveCount(8)
})

test('the inspector drawn finds one wrong, with the points before and after; the office closes once all is found', async ({ page }) => {
  await enter(page, 'office', check)
  const cycle = await openCycle(page)
  const { items } = await api<{ items: { inspector: string; subject: string; inspection: string; place: number }[] }>(page, `inspections?cycle=${cycle}&spot_check=${check.split('/').pop()}`)
  // Whoever decides on appeals has no part in what is appealed against: neither found it nor is it theirs.
  const deciders = new Set(accounts().filter((one) => one.role === 'panel' || one.role === 'leader').map((one) => one.person))
  const changed = new Set(spares().map((one) => one.person))
  const appealed = items.find((one) => one.subject.startsWith('P') && !deciders.has(one.inspector) && !deciders.has(one.subject) && !changed.has(one.subject))
  expect(appealed).toBeDefined()
  let before = ''
  for (const person of new Set(items.map((one) => one.inspector))) {
    await enterAs(page, person)
    for (const one of items.filter((item) => item.inspector === person)) {
      await open(page, `/checks/mine?id=${one.inspection}`)
      const detail = page.getByRole('article', { name: '抽查项' })
      if (one === appealed) {
        subject = one.subject
        finding = one.inspection
        await detail.getByLabel('更正').check()
        const amount = detail.locator('input.number').first()
        before = await amount.inputValue()
        await amount.fill(String(Number(before) ? Number(before) - 1 : 1)) // never more than there can be of a part
        await field(detail, '事实').fill('台账少一件')
      }
      const record = async (): Promise<void> => {
        await detail.getByRole('button', { name: '记下结论' }).click()
        await settled(page)
        await expect(detail.getByRole('button', { name: '记下结论' })).toHaveCount(0)
      }
      await record()
      if (one !== appealed) continue
      // Found too soon: the quantities are as they were, and it is found once more.
      await detail.getByRole('button', { name: '撤回结论' }).click()
      const box = page.getByRole('dialog', { name: '为什么撤回结论？' })
      await box.getByLabel('理由').fill('看错了一行')
      await box.getByRole('button', { name: '撤回结论' }).click()
      await expect(box).toBeHidden()
      await settled(page)
      await expect(detail.getByRole('button', { name: '撤回结论' })).toHaveCount(0)
      await detail.getByLabel('更正').check()
      await expect(detail.locator('input.number').first()).toHaveValue(before)
      await detail.locator('input.number').first().fill(String(Number(before) ? Number(before) - 1 : 1))
      await field(detail, '事实').fill('台账少一件')
      await record()
    }
  }
  await enter(page, 'office', check)
  await page.getByRole('button', { name: '办结' }).click()
  await expect(page.getByRole('heading', { name: '结果', exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^更正/ }).last()).toContainText('1')
})

test('whom it concerns appeals against the finding, and somebody without a part in it decides', async ({ page }) => {
  await enterAs(page, subject, '/appeals')
  await page.getByRole('button', { name: '提出申诉' }).click()
  await field(page, '对什么申诉').selectOption('finding')
  await field(page, '哪一项').selectOption(finding)
  await field(page, '申诉理由（哪里不对，应当是多少）').fill('台账在另一册，附复印件')
  await page.getByRole('button', { name: '提交' }).click()
  const detail = page.getByRole('article', { name: '申诉' })
  await expect(detail).toContainText('台账在另一册')
  const filed = (await api<{ items: { appeal: string; object: string; unit: string; involved: string[] }[] }>(page, `appeals?cycle=${await openCycle(page)}&kind=finding&subject=${subject}`)).items.find((one) => one.object === finding)
  const stranger = accounts().find((one) => ['panel', 'leader'].includes(one.role) && one.unit !== filed?.unit && filed?.involved.includes(one.person) === false)
  await enterAs(page, stranger?.account ?? '', `/appeals?show=decide&id=${filed?.appeal}`)
  await field(page, '处理意见').fill('经复核，维持检查结论')
  await page.getByRole('button', { name: '作出决定' }).click()
  await expect(page.getByRole('button', { name: '作出决定' })).toHaveCount(0)
  await open(page, `/appeals?show=done&id=${filed?.appeal}`)
  await expect(detail).toContainText('经复核，维持检查结论')
})

test('a veto is proposed by one and confirmed by another; whoever proposed is told why not', async ({ page }) => {
  await enter(page, 'panel')
  const first = (await demo(page)).find((one) => one.role === 'panel')?.account
  await open(page, '/vetoes')
  const fact = `经查，台账系事后补造 ${mark()}`
  await page.getByRole('button', { name: '提出否决' }).first().click()
  await field(page, '指标').selectOption({ index: 0 })
  await field(page, '考核对象').selectOption({ index: 3 })
  await field(page, '事实').fill(fact)
  await page.getByRole('button', { name: '提出', exact: true }).click()
  const detail = page.getByRole('article', { name: '否决' })
  await expect(detail).toContainText(fact)
  const veto = new URL(page.url()).searchParams.get('id')
  await expect(detail).toContainText('您不能“认定”：提出人不得认定')
  const other = accounts().filter((one) => one.role === 'panel' && one.account !== first)[0]
  await enterAs(page, other?.account ?? '', `/vetoes?show=decide&id=${veto}`)
  await detail.getByRole('button', { name: '认定' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '认定' }).click()
  await open(page, `/vetoes?show=confirmed&id=${veto}`)
  await expect(detail).toContainText('已认定')
})

test('a leader checks one chosen item on the spot, from beginning to closing', async ({ page }) => {
  await enter(page, 'leader', '/checks')
  await page.getByRole('button', { name: '直接抽查' }).click()
  const box = page.getByRole('dialog', { name: '直接抽查' })
  await settled(page)
  // Nothing that a page leaves out on phones takes its dialogs with it.
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(box.getByRole('button', { name: '开始检查' })).toBeVisible()
  await page.setViewportSize({ width: 1366, height: 768 })
  const spot = `直接抽查 ${Date.now() % 100_000}`
  await field(box, '名称（不填为“领导直接抽查”）').fill(spot)
  await field(box, '为什么抽查').fill('群众反映台账与系统不符')
  // A try before may have left its choice in the draft.
  for (const kept of (await box.getByRole('button', { name: /^不查/ }).all()).reverse()) await kept.click()
  await field(box, '考核对象').selectOption({ label: '熊思华' }) // neither a head nor of the leader's own unit: others verified and assessed
  await field(box, '哪一项').selectOption({ index: 1 })
  const veto = field(box, '虚假的按哪项提出否决')
  if (await veto.count()) await veto.selectOption({ label: '瞒报虚报绩效数据' })
  await box.getByRole('button', { name: '开始检查' }).click()
  await expect(page).toHaveURL(/checks\/[^/]{6,}$/)
  await expect(page.getByRole('heading', { name: spot })).toBeVisible()
  // Found and closed by whoever began it: nobody else had it in hand.
  const begun = page.url()
  const { items } = await api<{ items: { inspection: string }[] }>(page, `inspections?cycle=${await openCycle(page)}&spot_check=${begun.split('/').pop()}`)
  await open(page, `/checks/mine?id=${items[0]?.inspection}`)
  const detail = page.getByRole('article', { name: '抽查项' })
  await attach(page, detail, '现场照片')
  await detail.getByLabel('属实').check()
  await field(detail, /^说明/).fill('当场查看台账，与系统一致')
  await detail.getByRole('button', { name: '记下结论' }).click()
  await expect(detail.getByRole('button', { name: '记下结论' })).toHaveCount(0)
  await page.goto(begun)
  await page.getByRole('button', { name: '办结' }).click()
  await expect(page.getByRole('heading', { name: '结果', exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^属实/ }).last()).toContainText('1')
})
