import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { enter, expect, settled, test } from './support'

/** The pictures of the handbook: the demo bureau's pages as each role sees them, taken by `make pictures`. */
const FOLDER = resolve(import.meta.dirname, '../../../docs/handbook/pictures')
const DESK = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }
const amount = '.amount:not(.two)'

interface Picture { name: string; role: string; path: string; phone?: true; first?: (page: Page) => Promise<unknown> }
const row = (page: Page): Promise<void> => page.locator('tr[data-key]').first().click()
const typed = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '核对全部自动项' }).click()
  for (const [at, value] of ['6', '2', '1'].entries()) await page.locator(amount).nth(at).fill(value)
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible()
}

const PICTURES: readonly Picture[] = [
  { name: 'home', role: 'staff', path: '/' },
  { name: 'declare', role: 'staff', path: '/declare?period=2026-M04', first: typed },
  { name: 'withdraw', role: 'staff', path: '/declare?period=2026-M03', first: row },
  { name: 'score', role: 'staff', path: '/score' },
  { name: 'attendance', role: 'staff', path: '/attendance' },
  { name: 'phone-home', role: 'staff', path: '/', phone: true },
  { name: 'phone-declare', role: 'staff', path: '/declare?period=2026-M04', phone: true, first: row },
  { name: 'verify', role: 'unit_head', path: '/verify' },
  { name: 'taken-back', role: 'unit_head', path: '/verify?show=mine&period=2026-M02' },
  { name: 'assess', role: 'assessor', path: '/assess' },
  { name: 'desk', role: 'hr', path: '/attendance/desk?show=anomalies' },
  { name: 'case-new', role: 'complaints_centre', path: '/cases/new' },
  { name: 'cases', role: 'complaints_centre', path: '/cases?show=all' },
  { name: 'panel-assess', role: 'panel', path: '/assess' },
  { name: 'dashboard', role: 'leader', path: '/dashboard?layer=division' },
  { name: 'allocate', role: 'office', path: '/allocate' },
  { name: 'cycles', role: 'office', path: '/cycles' },
  { name: 'ranking', role: 'auditor', path: '/ranking' },
  { name: 'devices', role: 'devices', path: '/devices/wall' },
  { name: 'people', role: 'office', path: '/people' },
  { name: 'accounts', role: 'admin', path: '/accounts' },
  { name: 'grants', role: 'security', path: '/grants?show=all' },
]

/** As the browser itself packs it: half the size of a PNG, and no tool of ours. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const session = await page.context().newCDPSession(page)
  const { data } = (await session.send('Page.captureScreenshot', { format: 'webp', quality: 75 })) as { data: string }
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'))
}

for (const one of PICTURES) {
  test(`${one.name}: ${one.path} of ${one.role}`, async ({ page }) => {
    await page.setViewportSize(one.phone ? PHONE : DESK)
    await enter(page, one.role, one.path)
    await expect(page.locator('h1').first()).toBeVisible()
    await one.first?.(page)
    await settled(page)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await take(page, one.name)
  })
}
