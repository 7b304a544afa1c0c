import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { URL_OF, api, enter, expect, field, gone, open, settled, test } from './support'

/** A year of its own from its preparation to what everybody sees of it, by the pages of those who make it. */
test.describe.configure({ mode: 'serial' })

interface Cycle { cycle: string }
const PYTHON = resolve(import.meta.dirname, '../../../.venv/bin/python')
let year = ''

/** The year stands in the address, as in a link that a colleague sends; what everybody chose before stays chosen. */
const at = (page: Page, path: string): Promise<void> => open(page, `${path}?cycle=${year}`)
const press = async (page: Page, opens: string | RegExp, sends = opens): Promise<void> => {
  await page.getByRole('button', { name: opens }).first().click()
  const box = page.getByRole('dialog')
  await box.getByRole('button', { name: sends }).last().click()
  expect(await gone(box)).toBe(true)
  await settled(page)
}

/** The library in force as a workbook, with one cell of it changed. */
async function workbook(page: Page, cell: { row: number; heading: string; value: string }): Promise<string> {
  const answer = await page.request.get(URL_OF(`/api/v1/cycles/${year}/library/export`))
  expect(answer.status()).toBe(200)
  const path = join(process.env['KAOHE_TEST_VAR'] ?? '', `library-${cell.row}.xlsx`)
  const script = `
import io, sys, openpyxl
book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
sheet = book.worksheets[0]
heads = [one.value for one in sheet[1]]
sheet.cell(int(sys.argv[2]), heads.index(sys.argv[3]) + 1).value = sys.argv[4]
book.save(sys.argv[1])`
  const made = spawnSync(PYTHON, ['-c', script, path, String(cell.row), cell.heading, cell.value], { input: await answer.body(), encoding: 'utf8' })
  expect(made.stderr).toBe('')
  expect(readFileSync(path).length).toBeGreaterThan(1000)
  return path
}

test('a year is prepared from another, its draft changed, taken back, compared and published', async ({ page }) => {
  await enter(page, 'office', '/cycles')
  const known = new Set((await api<{ items: Cycle[] }>(page, 'cycles?limit=100')).items.map((one) => one.cycle))
  year = String([...Array(9).keys()].map((back) => 2025 - back).find((one) => !known.has(String(one))))
  await page.getByRole('button', { name: '新建年度' }).click()
  const box = page.getByRole('dialog', { name: '新建年度' })
  await field(box, '年度').fill(year)
  await field(box, '以哪一年为底').selectOption({ label: '2026 年度' })
  await box.getByRole('button', { name: '新建年度' }).click()
  expect(await gone(box)).toBe(true)
  await expect(page.getByText('筹备中：请先在“草稿”里准备')).toBeVisible()
  await at(page, '/library/draft')
  const put = page.getByRole('dialog', { name: '改一项指标' })
  for (const [column, value] of [['佐证材料', '台账与照片'], ['职能依据', '年度工作要点']] as const) {
    await page.getByRole('button', { name: '改一项指标' }).click()
    await settled(page)
    await field(put, '指标').selectOption({ index: 1 })
    await field(put, '栏目').selectOption({ label: column })
    await expect(field(put, '现在')).not.toHaveValue('')
    await field(put, '现在').fill(value)
    await put.getByRole('button', { name: '保存' }).click()
    expect(await gone(put)).toBe(true)
    await settled(page)
  }
  const changes = page.getByRole('listbox', { name: '修改记录' })
  await changes.getByRole('option').first().click()
  const detail = page.getByRole('article', { name: '修改记录' })
  await expect(detail).toContainText('年度工作要点')
  await detail.getByRole('button', { name: '撤回这处修改' }).click()
  await expect(changes.getByRole('option').filter({ hasText: '已撤回' }).first()).toBeVisible()
  await at(page, '/library/difference')
  await page.getByLabel('从', { exact: true }).selectOption('0')
  await settled(page)
  await expect(page.getByRole('heading', { name: /^新增 \d+ 项/ })).toBeVisible()
  await at(page, '/library/draft')
  await press(page, '发布')
  await expect(page.getByText('没有草稿')).toBeVisible()
})

test('a workbook is told its faults beside their rows, and taken once it has none', async ({ page }) => {
  await enter(page, 'office', '/library/draft')
  await at(page, '/library/draft')
  await page.getByRole('button', { name: '导入整表' }).click()
  const box = page.getByRole('dialog', { name: '导入整表' })
  const chooser = box.locator('input[type=file]')
  await chooser.setInputFiles(await workbook(page, { row: 5, heading: '满分', value: '九分' }))
  const fault = box.getByRole('alert').locator('tbody tr').first()
  await expect(fault).toContainText('满分')
  await expect(fault.locator('td').nth(1)).toHaveText('5')
  await expect(box.getByRole('button', { name: '写入' })).toBeDisabled()
  await expect(page.getByText('没有草稿')).toBeVisible()
  await chooser.setInputFiles(await workbook(page, { row: 6, heading: '佐证材料', value: '台账与照片' }))
  await expect(box.getByText('检查过了，没有错误')).toBeVisible()
  await box.getByRole('button', { name: '写入' }).click()
  await expect(box.getByText('已写入草稿')).toBeVisible()
  await box.getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('link', { name: '版本差异' }).click()
  await settled(page)
  await expect(page.locator('tbody tr').filter({ hasText: '台账与照片' }).first()).toBeVisible()
  await page.getByRole('link', { name: '草稿' }).first().click()
  await settled(page)
  await press(page, '作废草稿')
  await expect(page.getByText('没有草稿')).toBeVisible()
})

test('weights are revised with their sum in view, and the revision is taken back', async ({ page }) => {
  await enter(page, 'office', '/models')
  await at(page, '/models')
  await page.getByRole('button', { name: '修订模型' }).click()
  const box = page.getByRole('dialog', { name: '修订模型' })
  await settled(page)
  const first = box.locator('input.weight').first()
  const old = await first.inputValue()
  await first.fill('0.9')
  await expect(box.getByText('有一行的合计不是 1')).toBeVisible()
  await expect(box.getByRole('button', { name: '修订模型' })).toBeDisabled()
  await first.fill(old)
  await field(box, '先进比例（%）').fill('25')
  await box.getByRole('button', { name: '修订模型' }).click()
  expect(await gone(box)).toBe(true)
  await settled(page)
  const article = page.getByRole('article', { name: '考核模型' })
  await expect(article).toContainText('25%')
  await article.getByRole('button', { name: '撤回这一版', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回这一版' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('listbox', { name: '考核模型' }).getByRole('option').first()).toContainText('生效')
})

test('the year is opened and closed, run, approved, published, and its report written', async ({ page }) => {
  await enter(page, 'office', '/cycles')
  await at(page, '/cycles')
  for (const step of ['开始年度', '进入结账', '结账']) await press(page, new RegExp(`^${step}$`))
  await at(page, '/runs')
  await press(page, '开始核算')
  const run = page.locator('tbody tr').first()
  await expect(run).toContainText('已冻结')
  await run.getByRole('link').click()
  await settled(page)
  await page.getByRole('button', { name: '复算' }).click()
  await expect(page.getByText('复算结果与冻结的完全一致')).toBeVisible()
  const address = new URL(page.url()).pathname
  await enter(page, 'panel', address)
  await page.getByRole('button', { name: '审定' }).click()
  const box = page.getByRole('dialog', { name: '审定' })
  await settled(page)
  await box.getByRole('button', { name: '审定' }).click()
  expect(await gone(box)).toBe(true)
  await enter(page, 'leader', address)
  await press(page, '公布')
  await expect(page.getByRole('heading', { name: '公布与公示' })).toBeVisible()
  await enter(page, 'office', '/report')
  await at(page, '/report')
  await page.getByLabel('总结').fill('全年工作平稳，指标完成良好。')
  await page.getByLabel('下阶段措施').fill('抓紧薄弱指标。')
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
  await at(page, '/report')
  await expect(page.getByLabel('总结')).toHaveValue('全年工作平稳，指标完成良好。')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('现行的一版')).toBeVisible()
  await enter(page, 'staff', '/publication')
  await at(page, '/publication')
  await expect(page.getByText('起公示。')).toBeVisible()
  await expect(page.getByRole('link', { name: '提出异议' })).toBeVisible()
})
