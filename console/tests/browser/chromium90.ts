import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { type Browser, type Page, chromium } from '@playwright/test'

/** The browser of offices whose machines are from 2021 (奇安信可信, UOS): a real Chromium 90, which a package brings packed. */
const FOLDER = resolve(import.meta.dirname, '../../../tests/chromium90/node_modules')
const PROGRAM = join(FOLDER, '.unpacked/chromium')

function unpacked(): string {
  if (!existsSync(PROGRAM)) {
    mkdirSync(join(FOLDER, '.unpacked'), { recursive: true })
    const part = `${PROGRAM}.${process.pid}`
    writeFileSync(part, brotliDecompressSync(readFileSync(join(FOLDER, 'chrome-aws-lambda/bin/chromium.br'))), { mode: 0o755 })
    renameSync(part, PROGRAM) // whole or not at all
  }
  return PROGRAM
}

export const launched = (): Promise<Browser> =>
  chromium.launch({ executablePath: unpacked(), args: ['--no-sandbox', '--disable-gpu', '--single-process', '--no-zygote', '--disable-dev-shm-usage', '--lang=zh-CN'] })

/** Waits for a text within what a selector finds. Playwright's own locators ask for what came with Chromium 105. */
export async function says(page: Page, selector: string, text: RegExp): Promise<void> {
  await page.waitForFunction(([found, source]) => [...document.querySelectorAll(found as string)].some((one) => new RegExp(source as string).test(one.textContent ?? '')), [selector, text.source] as const, { timeout: 60_000 })
}

/** Focuses the first that fits, and whose text does: what is typed then goes there. */
export async function focus(page: Page, selector: string, text = /(?:)/): Promise<void> {
  await says(page, selector, text)
  await page.evaluate(([found, source]) => {
    const one = [...document.querySelectorAll<HTMLElement>(found as string)].find((each) => new RegExp(source as string).test(each.textContent ?? ''))
    ;(one?.querySelector<HTMLElement>('input, textarea, select') ?? one)?.focus()
  }, [selector, text.source] as const)
}

export async function press(page: Page, selector: string, text: RegExp): Promise<void> {
  await focus(page, selector, text)
  await page.keyboard.press('Enter')
}
