import { enter, expect, settled, test } from './support'

const ROLES = ['staff', 'unit_head', 'assessor', 'leader', 'panel', 'office', 'hr', 'complaints_centre', 'auditor', 'devices', 'registrar', 'security', 'admin'] as const
for (const role of ROLES) {
  test(`C8 nothing that the menu offers ${role} is refused`, async ({ page }) => {
    const refused: string[] = []
    page.on('response', (response) => { if (response.status() === 403 || response.status() >= 500) refused.push(`${response.status()} ${response.url()}`) })
    await enter(page, role)
    const links = await page.locator('nav.side a').evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname))
    for (const link of links) {
      await page.locator(`nav.side a[href="${link}"]`).first().click()
      await settled(page)
      await expect(page.getByRole('alert'), link).toHaveCount(0)
    }
    expect(refused).toEqual([])
  })
}
