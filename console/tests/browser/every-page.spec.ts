import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { enter, expect, open, test } from './support'

const ROUTES: Record<string, string[]> = {
  unit_head: ['/', '/declare?period=2026-M04', '/orders', '/orders?view=board', '/contributions', '/attendance', '/verify', '/score', '/ranking', '/results', '/publication', '/library/02-01-01', '/handbook', '/notices', '/me', '/nothing'],
  staff: ['/checks', '/checks/mine?show=all', '/appeals?show=all', '/campaigns', '/campaigns/ballot', '/claims', '/claims/handovers', '/consents'],
  assessor: ['/assess'],
  complaints_centre: ['/cases?show=all', '/cases/new'],
  office: ['/people', '/accounts', '/checks/new', '/vetoes', '/campaigns/new', '/allocate', '/whatif', '/cycles', '/generate', '/weights', '/delegations'],
  hr: ['/attendance/desk', '/attendance/team', '/attendance/desk?show=months', '/attendance/desk?show=anomalies', '/devices/wall'],
  leader: ['/', '/dashboard'],
}
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).options({ resultTypes: ['violations'] }).setLegacyMode(true).analyze()
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

for (const [role, paths] of Object.entries(ROUTES)) {
  for (const path of paths) {
    test(`${path} of ${role}: no barrier, no sideways scroll, light and dark, on a desk and on phones`, async ({ page }) => {
      await enter(page, role)
      for (const [width, height] of [[1366, 768], [390, 844], [360, 740]] as const) {
        await page.setViewportSize({ width, height })
        if (width !== 360) await open(page, path)
        for (const colorScheme of width === 360 ? [] : (['light', 'dark'] as const)) {
          await page.emulateMedia({ colorScheme })
          expect(await violations(page), `${path} ${width} ${colorScheme}`).toEqual([])
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect(over, `${path} is wider than ${width}`).toBeLessThanOrEqual(0)
      }
    })
  }
}
