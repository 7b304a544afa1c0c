import { test as base, type Page } from '@playwright/test'
import axe from 'axe-core'
import { type Watch, api, check, enter, expect, open, settled, tooSmall, watching } from './support'

const ROUTES: Record<string, string[]> = {
  unit_head: ['/', '/declare?period=2026-M04', '/orders', '/orders?show=asked', '/orders?view=board', '/contributions', '/attendance', '/attendance/sheet', '/verify', '/verify?show=mine&period=2026-M02', '/score', '/ranking', '/results', '/publication', '/library/02-01-01', '/handbook', '/notices', '/me', '/me/safety', '/me/channels', '/nothing'],
  staff: ['/checks', '/checks/mine?show=all', '/appeals?show=all', '/campaigns', '/campaigns/ballot', '/works', '/rules?show=lateness', '/claims', '/claims/handovers', '/claims/handovers?show=movements', '/library/proposals', '/consents', '/score?advice'],
  assessor: ['/assess', '/assess?archive'],
  complaints_centre: ['/cases?show=all', '/cases/new', '/cases/settings', '/cases/reports', '/cases/import', '/cases/to-tell', '/cases/numbers', '/cases/published', '/cases/figures', '/cases/:newest', '/case-search?q=退款', '/traders', '/goods-checks', '/counterfeits', '/case-knowledge', '/hot-spots'],
  office: ['/people', '/people/P0020', '/units', '/units?show=positions', '/units?show=scheduled', '/accounts', '/channels', '/grants?show=all', '/checks/new', '/vetoes', '/campaigns/new', '/allocate', '/whatif', '/cycles', '/models', '/generate', '/generate?show=limits', '/generate?show=settings', '/generate?show=results', '/weights', '/weights?show=proposals', '/delegations', '/library/draft?show=all', '/library/difference', '/runs', '/runs/waiting', '/report', '/rules', '/rules?show=dated', '/rules?show=bounds', '/results/grades', '/results/improvements', '/influence', '/influence?show=weights', '/influence?show=self'],
  hr: ['/attendance/sheet', '/attendance/desk', '/attendance/team', '/attendance/desk?show=months', '/attendance/desk?show=anomalies', ...['records', 'balances', 'duties', 'times', 'shifts', 'enrolments', 'apart', 'absences', 'gatherings', 'downs', 'rules'].map((one) => `/attendance/desk?show=${one}`), '/devices/wall'],
  leader: ['/', '/dashboard'],
  admin: ['/operation', '/operation?show=queues', '/operation?show=letters'],
  auditor: ['/audit', '/audit?show=anchors'],
}
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** What the same page in other colours may break: nothing else of it depends on them. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds on the page, which it stays on until another is opened. */
async function barriers(page: Page, colours: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: axe.RunOptions = { resultTypes: ['violations'], runOnly: colours ? COLOURS : RULES }
  const { violations } = await page.evaluate((how) => (window as unknown as { axe: typeof axe }).axe.run(document, how), options)
  return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

/** A page of one thing has its code in its address. */
async function addressed(page: Page, path: string): Promise<string> {
  if (!path.includes(':newest')) return path
  const { items } = await api<{ items: { code: string; registered_at: string }[] }>(page, 'cases?limit=100')
  const [newest] = items.sort((one, two) => two.registered_at.localeCompare(one.registered_at))
  expect(newest, 'a case to look at').toBeDefined()
  return path.replace(':newest', newest?.code ?? '')
}

for (const [role, paths] of Object.entries(ROUTES)) {
  base.describe(`pages of ${role}`, () => {
    let page: Page
    let watch: Watch
    base.beforeAll(async ({ browser }) => {
      page = await browser.newPage()
      watch = await watching(page)
      await enter(page, role)
    })
    base.afterAll(() => page.close())
    for (const path of paths) {
      base(`${path} of ${role}: no barrier, no sideways scroll, light and dark, on a desk and on phones`, async () => {
        const address = await addressed(page, path)
        await page.setViewportSize({ width: 1366, height: 768 })
        await open(page, address)
        for (const [width, height] of [[1366, 768], [390, 844], [360, 740]] as const) {
          await page.setViewportSize({ width, height })
          await settled(page)
          for (const colorScheme of width === 360 ? [] : (['light', 'dark'] as const)) {
            await page.emulateMedia({ colorScheme })
            expect(await barriers(page, colorScheme === 'dark'), `${path} ${width} ${colorScheme}`).toEqual([])
          }
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
          expect(over, `${path} is wider than ${width}`).toBeLessThanOrEqual(0)
        }
        expect(await tooSmall(page), `C12 what is touched on ${path} is at least 44 pixels`).toEqual([])
        check(watch)
        watch.faults.length = 0
      })
    }
  })
}
