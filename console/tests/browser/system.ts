import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')
const BIN = join(ROOT, '.venv/bin')
const STAFF = '30'
const READY = 240_000

const freePort = (): Promise<number> => new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
  })
})

async function until(what: string, holds: () => Promise<boolean>, alive: () => boolean): Promise<void> {
  const end = Date.now() + READY
  while (!(await holds().catch(() => false))) {
    if (!alive() || Date.now() > end) throw new Error(`the system of the tests: ${what}`)
    await new Promise((again) => setTimeout(again, 300))
  }
}

function environment(folder: string, port: number, issuer: string): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KAOHE_')))
  const secret = join(folder, 'oidc-secret')
  writeFileSync(secret, 'a secret of the tests')
  const provider = { KAOHE_OIDC_ISSUER: issuer, KAOHE_OIDC_CLIENT_ID: 'kaohe', KAOHE_OIDC_CLIENT_SECRET_FILE: secret }
  return { ...kept, PATH: `${BIN}:${process.env['PATH']}`, KAOHE_VAR: join(folder, 'var'), KAOHE_PORT: String(port), ...provider }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGINT')
  await Promise.race([gone, new Promise((done) => setTimeout(done, 30_000).unref())])
  if (child.exitCode === null) child.kill('SIGKILL')
}

/** A whole embedded system of its own with a small bureau, as a newcomer's `make up` starts it, beside an OpenID provider; KAOHE_TEST_URL takes a running one. */
export default async function start(): Promise<() => Promise<void>> {
  if (process.env['KAOHE_TEST_URL']) return async () => undefined
  // Where the database's own user may reach it, whoever runs the tests.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'kaohe-console-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log = join(folder, 'up.log')
  const output = openSync(log, 'a')
  const [openid, providerLog] = [await freePort(), join(folder, 'provider.log')]
  const env = environment(folder, port, `http://127.0.0.1:${openid}`)
  const told = openSync(providerLog, 'a')
  const provider = spawn(join(ROOT, 'ops/private/oidc.sh'), [join(BIN, 'python'), String(openid), `${url}/api/v1/oidc/callback`], { stdio: ['ignore', told, told] })
  const system = spawn(join(BIN, 'kaohe'), ['up', '--staff', STAFF, '--year', '2026', '--bare'], { cwd: ROOT, env, stdio: ['ignore', output, output] })
  const stop = async (): Promise<void> => {
    await Promise.all([ended(system), ended(provider)])
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const loaded = async (): Promise<boolean> => readFileSync(log, 'utf8').includes('demo accounts')
    await until('it did not load the demo bureau', loaded, () => system.exitCode === null)
    await until('the OpenID provider did not start', async () => readFileSync(providerLog, 'utf8').includes('ready'), () => provider.exitCode === null)
    const filled = spawnSync(join(BIN, 'python'), ['-m', 'tests.support.console_bureau', url, join(folder, 'var')], { cwd: ROOT, env, encoding: 'utf8' })
    if (filled.status !== 0) throw new Error(`the bureau could not be filled:\n${filled.stderr}`)
  } catch (error) {
    console.error(existsSync(log) ? readFileSync(log, 'utf8') : '')
    await stop()
    throw error
  }
  process.env['KAOHE_TEST_URL'] = url
  process.env['KAOHE_TEST_VAR'] = join(folder, 'var')
  return stop
}
