// dev only: node shot.mjs ACCOUNT out-prefix path [path…]
import { chromium } from '@playwright/test'
const [account, prefix, ...paths] = process.argv.slice(2)
const base = process.env.URL ?? 'http://127.0.0.1:8931'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] })
const sizes = process.env.PHONE ? [[390, 844]] : process.env.BOTH ? [[1366, 768], [390, 844]] : [[1366, 768]]
for (const [width, height] of sizes) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: process.env.DARK ? 'dark' : 'light' })
  const page = await context.newPage()
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') console.log('console', m.text(), m.location().url) })
  page.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 300)))
  page.on('response', (r) => { if (r.status() >= 400) console.log(r.status(), r.url()) })
  await page.goto(base + '/login')
  if (account !== '-') {
    const done = await page.evaluate(async (name) => { const r = await fetch('/api/v1/demo/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account: name }) }); localStorage.setItem('kaohe here', '1'); return r.status }, account)
    if (done !== 201) console.log('login', done)
  }
  for (const path of paths) {
    const [to, act] = path.split('@@')
    const t = Date.now()
    await page.goto(base + to)
    await page.waitForLoadState('networkidle').catch(() => {})
    if (act) for (const step of act.split(';;')) { if (step.startsWith('!')) await page.locator(step.slice(1)).first().click(); else if (step.startsWith('>')) await page.keyboard.type(step.slice(1)); else if (step.startsWith('?')) await page.waitForTimeout(+step.slice(1)); else await page.keyboard.press(step); await page.waitForTimeout(150) }
    await page.waitForTimeout(600)
    const file = `${prefix}-${width}-${to.replace(/[^\w]+/g, '_')}.png`
    await page.screenshot({ path: file })
    console.log(file, Date.now() - t)
  }
  await context.close()
}
await browser.close()
