import { type Page } from '@playwright/test'
import { URL_OF, api, codeOf, enter, expect, open, settled, spare, test } from './support'

/** As a page of the console sends it. */
const send = async <T>(page: Page, method: string, path: string, body?: object): Promise<T> => page.evaluate(async (asked) => {
  const { csrf } = (await (await fetch('/api/v1/sessions/current')).json()) as { csrf: string }
  const answer = await fetch(`/api/v1/${asked.path}`, { method: asked.method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(asked.body) })
  if (!answer.ok) throw new Error(`${asked.path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : await answer.json()
}, { method, path, body: body ?? {} }) as Promise<T>

/** Takes away what an earlier try left, if it did. */
async function without(page: Page, path: string): Promise<void> {
  const { csrf } = await api<{ csrf: string }>(page, 'sessions/current')
  const answer = await page.request.delete(URL_OF(`/api/v1/${path}`), { headers: { 'X-CSRF-Token': csrf } })
  expect([200, 204, 404, 409], path).toContain(answer.status())
}

/** At the provider's own pages, until they lead back. */
async function name(page: Page, who: string): Promise<void> {
  await page.getByRole('link', { name: '统一身份认证登录' }).click()
  await page.locator('input[name=login]').fill(who)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button').click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('who is linked enters by the organisation’s own log-in, with the second factor; who is not is told so', async ({ page, browser, watch }) => {
  watch.expected.push(/401/, /404.*identity/, /favicon/, /css\?family/) // the provider's own page asks for a font elsewhere
  const linked = spare(0).account
  await enter(page, 'security')
  await without(page, `accounts/${linked}/second-factor`)
  await enter(page, 'admin')
  await without(page, `accounts/${linked}/identity`)
  await open(page, `/accounts?id=${linked}`)
  await page.getByText('统一身份认证', { exact: true }).click()
  const identity = page.getByRole('region', { name: '统一身份认证' })
  await identity.getByLabel('本人在统一身份认证中的编号').fill('u-100')
  await identity.getByRole('button', { name: '绑定' }).click()
  await expect(identity).toContainText('u-100')
  await page.context().clearCookies()
  await page.evaluate(() => localStorage.clear())

  await page.goto(URL_OF('/library'))
  await name(page, 'u-100')
  await expect(page.getByRole('heading', { name: '指标库' })).toBeVisible()
  await settled(page)
  const { account } = await page.evaluate(async () => (await (await fetch('/api/v1/sessions/current')).json()) as { account: { account: string } })
  expect(account.account).toBe(linked)

  const { secret } = await send<{ secret: string }>(page, 'POST', 'accounts/current/second-factor')
  const { codes } = await send<{ codes: string[] }>(page, 'POST', 'accounts/current/second-factor/confirm', { code: codeOf(secret) })
  await send(page, 'DELETE', 'sessions/current')
  await page.goto(URL_OF('/login'))
  await page.getByRole('link', { name: '统一身份认证登录' }).click() // the provider knows this browser
  await page.getByLabel('动态验证码或备用码').fill(codes[0] ?? '')
  await page.getByRole('button', { name: '登录', exact: true }).last().click()
  await expect(page.locator('nav.side, nav.tabs').first()).toBeAttached()
  await settled(page)

  const other = await browser.newPage()
  await other.goto(URL_OF('/login'))
  await name(other, 'stranger')
  await expect(other.getByRole('alert')).toContainText('未绑定可用的账号')
  await other.close()

  await enter(page, 'admin', `/accounts?id=${linked}`)
  await page.getByText('统一身份认证', { exact: true }).click()
  await identity.getByRole('button', { name: '解除绑定' }).click()
  await page.getByRole('dialog', { name: '解除绑定' }).getByRole('button', { name: '解除绑定' }).click()
  await expect(identity.getByLabel('本人在统一身份认证中的编号')).toBeVisible()
})
