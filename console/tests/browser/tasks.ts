import type { Page } from '@playwright/test'

interface Traced { name: string; tid: number; pid: number; ts: number; tdur?: number; args: { name?: string } }

/**
 * The longest task of the page's main thread while something is done, in milliseconds of processor time: what other programs take of a
 * busy machine is not the page's.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  const events: Traced[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Traced[])))
  await cdp.send('Tracing.start', { traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'] }, transferMode: 'ReportEvents' })
  const written = new Promise((done) => cdp.once('Tracing.tracingComplete', done))
  try {
    await work()
  } finally {
    await cdp.send('Tracing.end')
    await written
    await cdp.detach()
  }
  const main = new Set(events.filter((one) => one.name === 'thread_name' && one.args.name === 'CrRendererMain').map((one) => `${one.pid} ${one.tid}`))
  return Math.max(0, ...events.filter((one) => one.name === 'RunTask' && main.has(`${one.pid} ${one.tid}`)).map((one) => (one.tdur ?? 0) / 1000))
}
