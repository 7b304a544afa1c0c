import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { enter, expect, open, test } from './support'

const ROUTES: Record<string, string[]> = {
  unit_head: ['/', '/declare?period=2026-M04', '/orders', '/orders?view=board', '/contributions', '/attendance', '/verify', '/score', '/ranking', '/results', '/publication', '/library/02-01-01', '/handbook', '/notices', '/me', '/nothing'],
  assessor: ['/assess'],
  complaints_centre: ['/cases?show=all', '/cases/new'],
  office: ['/people', '/accounts'],
  leader: ['/'],
}
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

for (const [role, paths] of Object.entries(ROUTES)) {
  for (const path of paths) {
    test(`${path} of ${role}: no barrier, no sideways scroll, light and dark, on a desk and on a phone`, async ({ page }) => {
      await enter(page, role)
      for (const [width, height] of [[1366, 768], [390, 844]] as const) {
        await page.setViewportSize({ width, height })
        await open(page, path)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect(await violations(page), `${path} ${width} ${colorScheme}`).toEqual([])
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect(over, `${path} is wider than ${width}`).toBeLessThanOrEqual(0)
      }
    })
  }
}
