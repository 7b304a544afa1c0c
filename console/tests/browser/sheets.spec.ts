import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { enter, expect, field, mark, open, settled, test } from './support'

/** The sheets of orders, contributions and temporary work go out and come back as the review sheet does. */
const ROOT = resolve(import.meta.dirname, '../../..')
const EMPTY = ['工作绩效问责表', '临时工作考核表']

async function exported(page: Page, name: string): Promise<[Locator, string]> {
  await enter(page, 'unit_head', '/declare?period=2026-M04')
  await page.getByRole('button', { name: '表格与打印' }).click()
  const box = page.getByRole('dialog')
  await field(box, '哪一种表').selectOption({ label: name })
  const [sheet] = await Promise.all([page.waitForEvent('download'), box.getByRole('link', { name: '导出 .xlsx' }).click()])
  expect(sheet.suggestedFilename()).toMatch(/\.xlsx$/)
  const file = test.info().outputPath('sheet.xlsx')
  await sheet.saveAs(file)
  return [box, file]
}

for (const name of EMPTY) {
  test(`${name}: nothing filled in is told, and so is another form than the chosen one`, async ({ page, watch }) => {
    watch.expected.push(/422/)
    const [box, file] = await exported(page, name)
    await box.getByLabel('传回填好的表').setInputFiles(file)
    await expect(box.getByRole('alert')).toContainText('没有填写任何内容')
    await field(box, '哪一种表').selectOption({ label: '工作绩效核评表' })
    await expect(box.getByRole('alert')).toHaveCount(0)
    await box.getByLabel('传回填好的表').setInputFiles(file)
    await expect(box.getByRole('alert')).not.toContainText('没有填写任何内容')
  })
}

test('a contribution written into its sheet is declared by sending it back, and found on its page', async ({ page }, about) => {
  const title = `表格申报 ${mark()}`
  const [box, file] = await exported(page, '工作绩效贡献表')
  const filled = about.outputPath('filled.xlsx')
  const done = spawnSync(resolve(ROOT, '.venv/bin/python'), ['-m', 'tests.support.filled_sheet', file, filled, title], { cwd: ROOT, encoding: 'utf8' })
  expect(done.stderr).toBe('')
  await box.getByLabel('传回填好的表').setInputFiles(filled)
  await expect(box.getByText('已收下：1 行有变动')).toBeVisible()
  await box.getByRole('link', { name: '到“贡献”看' }).click()
  await settled(page)
  await expect(page.getByText(title).first()).toBeVisible()
  await open(page, '/')
})
