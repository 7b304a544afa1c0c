import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { URL_OF, api, demo, enter, expect, settled, test } from './support'
import words from '../../src/locales/zh/words.json' with { type: 'json' }

const SEES: Record<string, { menu: string[]; not: string[] }> = {
  staff: { menu: ['申报', '任务单', '得分', '指标库'], not: ['核实', '账号', '人员'] },
  unit_head: { menu: ['申报', '核实', '反馈与面谈'], not: ['账号'] },
  assessor: { menu: ['核评'], not: ['账号'] },
  hr: { menu: ['核实', '人员'], not: ['账号'] },
  leader: { menu: ['核实', '排名'], not: ['账号'] },
  panel: { menu: ['核评', '贡献', '排名'], not: [] },
  office: { menu: ['人员', '账号', '排名'], not: [] },
  complaints_centre: { menu: ['登记', '案件'], not: ['账号'] },
  auditor: { menu: ['排名'], not: ['账号'] },
  devices: { menu: ['考勤'], not: ['账号'] },
  admin: { menu: ['账号', '授权'], not: ['申报', '核实'] },
  registrar: { menu: ['手册'], not: ['账号', '授权'] },
  security: { menu: ['授权'], not: ['账号', '申报'] },
}

for (const [role, { menu, not }] of Object.entries(SEES)) {
  test(`${role} enters by one click and sees what the role does`, async ({ page }) => {
    const one = (await demo(page)).find((account) => account.role === role)
    await page.goto(URL_OF('/login'))
    await page.locator(`button.role[data-account="${one?.account}"]`).click()
    await expect(page.locator('nav.side')).toBeVisible()
    await settled(page)
    const side = page.locator('nav.side')
    for (const entry of menu) await expect(side.getByRole('link', { name: entry, exact: false }).first()).toBeVisible()
    for (const entry of not) await expect(side.getByText(entry, { exact: true })).toHaveCount(0)
    await expect(page.locator('main')).not.toBeEmpty()
  })
}

test('with a wrong password one is told so, with the right one the page asked for opens', async ({ page, watch }) => {
  watch.expected.push(/401/)
  const kept = JSON.parse(readFileSync(join(process.env['KAOHE_TEST_VAR'] ?? '', 'demo-accounts.json'), 'utf8')) as { accounts: { account: string; password: string; role: string }[] }
  const staff = kept.accounts.find((one) => one.role === 'staff')
  await page.goto(URL_OF('/library'))
  await expect(page).toHaveURL(/login\?to=/)
  await page.getByLabel('账号').fill(staff?.account ?? '')
  await page.getByLabel('密码').fill('wrong wrong wrong')
  await page.getByLabel('密码').press('Enter')
  await expect(page.getByRole('alert')).toContainText('账号或密码不正确')
  await page.getByLabel('密码').fill(staff?.password ?? '')
  await page.getByLabel('密码').press('Enter')
  await expect(page.getByRole('heading', { name: '指标库' })).toBeVisible()
  await settled(page)
})

test('the console is served packed, for ever where its name changes with its content, under the strict policy', async ({ page }) => {
  const index = await page.request.get(URL_OF('/declare'))
  expect(index.headers()['content-security-policy']).toContain("script-src 'self'; style-src 'self'")
  expect(index.headers()['cache-control']).toBe('no-cache')
  const script = /assets\/[^"]+\.js/.exec(await index.text())?.[0] ?? ''
  const asset = await page.request.get(URL_OF(`/${script}`))
  expect([asset.headers()['content-encoding'], asset.headers()['cache-control'], asset.headers()['vary']]).toEqual(['gzip', 'public, max-age=31536000, immutable', 'Accept-Encoding'])
  expect((await page.request.get(URL_OF('/assets/../../pages.py'))).status()).toBe(404)
  expect((await page.request.get(URL_OF('/api/v1/nothing'))).headers()['content-type']).toContain('problem+json')
})

test('nobody is let in without a password from under another name', async ({ page }) => {
  const one = (await demo(page))[0]
  const answer = await page.request.post(URL_OF('/api/v1/demo/sessions'), { data: { account: one?.account }, headers: { 'X-Forwarded-For': '10.0.0.1' } })
  expect(answer.status()).toBe(404)
})

test('the console has no words of its own for what the API names, but those of the roles, which it shows before the log-in', async ({ page }) => {
  await enter(page, 'staff')
  const told = (await api<{ words: Record<string, Record<string, { zh: string }>> }>(page, 'words')).words
  const { role, ...rest } = words
  expect(role).toEqual(Object.fromEntries(Object.keys(role).map((code) => [code, told['role']?.[code]?.zh])))
  for (const [family, codes] of Object.entries(rest)) expect(Object.keys(codes).filter((code) => told[family]?.[code]), family).toEqual([])
})
