import { defineConfig } from '@playwright/test'

/** What only reads, beside the others' work: it takes whatever it finds. */
const LOOKS = /(every-page|menus|prints)\.spec/

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  globalSetup: './tests/browser/system.ts',
  // One of them looks at every page while the other works; each takes about a core.
  workers: 2,
  projects: process.env['KAOHE_PICTURES']
    ? [{ name: 'pictures', testMatch: /pictures/, workers: 1 }]
    : process.env['KAOHE_MEASURES']
      ? [{ name: 'measures', testMatch: /measures/, workers: 1, retries: 0, timeout: 3_600_000 }]
      : [
          { name: 'work', testIgnore: [LOOKS, /pictures/, /measures/], workers: 1 },
          { name: 'looks', testMatch: LOOKS, workers: 1 },
        ],
  fullyParallel: false,
  forbidOnly: true,
  // A machine that is busy elsewhere can still be too slow for one of them; what passes at the second try is told as flaky.
  retries: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    actionTimeout: 60_000,
    launchOptions: {
      executablePath: process.env['KAOHE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
