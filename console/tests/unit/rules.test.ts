import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { COPIED, DECIDED, DRAWN, FORCED } from '@/api/rules'
import { ADDRESS_ALARMS, type Kind, ORDERS, asksDays, isOpen, missingSpan, ordersOf } from '@/areas/attendance/devices'
import { SIMULATED, plan } from '@/areas/campaigns/campaigns'
import { DEDUCTING } from '@/areas/orders/inquiries'

/** What the API's own files say, by a pattern around it. */
const said = (file: string, pattern: RegExp): string => pattern.exec(readFileSync(resolve(import.meta.dirname, '../../..', file), 'utf8'))?.[1] ?? ''
const quoted = (text: string): string[] => [...text.matchAll(/"(\w*)"/g)].map((found) => found[1] ?? '')
const keys = (text: string): string[] => [...text.matchAll(/"(\w*)":/g)].map((found) => found[1] ?? '')
const VOCABULARY = 'shared/vocabulary/attendance.py'
const COMMANDS = 'services/attendance/domain/commands.py'

test('alarms that somebody decides are those of the API', () => {
  expect(quoted(said(VOCABULARY, /^ADDRESS_ALARMS = \(([^)]*)\)/m))).toEqual(ADDRESS_ALARMS)
})

test('a clock is offered what the API lets it be told', () => {
  const kinds = keys(said(VOCABULARY, /^COMMAND_KINDS = \{([^}]*)\}/m)) as Kind[]
  expect(kinds.filter((one) => one !== 'drop_user')).toEqual(ORDERS) // who is to be deleted is chosen among the strangers
  const check = said(COMMANDS, /^def check_speaks\(.*\n([\s\S]*?)\n\n\n/m)
  const refused = [...check.matchAll(/if protocol == "(\w+)"(?: and kind == "(\w+)")?:/g)]
  expect(refused.length).toBe(check.match(/raise /g)?.length)
  const protocols = keys(said(VOCABULARY, /^PROTOCOLS = \{([^}]*)\}/m))
  expect(protocols.length).toBeGreaterThan(2)
  for (const protocol of protocols) {
    const told = ORDERS.filter((kind) => !refused.some(([, of, only]) => of === protocol && (only ?? kind) === kind))
    expect(ordersOf(protocol), protocol).toEqual(told)
  }
})

test('days are asked for where the API takes them, and no more than it takes', () => {
  expect(quoted(said(COMMANDS, /^_DAYS = \(([^)]*)\)/m))).toEqual(ORDERS.filter(asksDays))
  const { first, last } = missingSpan('2020-01-01', '2026-03-31')
  expect((Date.parse(last) - Date.parse(first)) / 86_400_000 + 1).toBe(Number(said(COMMANDS, /^LONGEST_SPAN = (\d+)/m)))
})

test('a command is taken back as long as the API takes it back', () => {
  const states = keys(said(VOCABULARY, /^COMMAND_STATES = \{([^}]*)\}/m)) as Parameters<typeof isOpen>[0]['status'][]
  const open = quoted(said('services/attendance/usecases/commands.py', /row\["status"\] not in \(([^)]*)\):\n.*"command\.over"/))
  expect(states.filter((status) => isOpen({ status }))).toEqual(open)
})

test('the ways that urgent notices keep are those of the API', () => {
  expect(quoted(said('shared/vocabulary/notices.py', /^WANTED_UNASKED = frozenset\(\{([^}]*)\}/m)).sort()).toEqual([...FORCED].sort())
})

test('a campaign is simulated from the API’s least to its most', () => {
  const contract = 'shared/contracts/declarations/campaigns.py'
  expect(Number(said(contract, /^SIMULATED = (\d+)/m))).toBe(SIMULATED)
  const raters = (count: number): string[] => Array.from({ length: count }, (_, at) => `P${at}`)
  const least = Number(said(contract, /^ {4}raters = whole\((\d+), SIMULATED,/m))
  expect([least - 1, least, SIMULATED, SIMULATED + 1].map((count) => plan(raters(count), ['S1', 'S2', 'S3']) !== null)).toEqual([false, true, true, false])
})

test('the photos that have a copy are those of the API', () => {
  expect(quoted(said('gateway/files/kinds.py', /^COPIED = \(([^)]*)\)/m))).toEqual(COPIED)
})

test('the files that are shown, and what is given no more of them, are those of the API', () => {
  expect(quoted(said('shared/vocabulary/evidence.py', /^PICTURE_KINDS = \(([^)]*)\)/m)).sort()).toEqual([...DRAWN].sort())
  expect([...quoted(said('gateway/previews/drawing.py', /^DRAWN = \(([^)]*), \*COPIED\)/m)), ...COPIED]).toEqual(DRAWN)
  expect(quoted(said('services/declarations/domain/evidence.py', /^CLOSED = \(([^)]*)\)/m))).toEqual(DECIDED)
})

test('an inquiry takes something off by the rules that count it so', () => {
  const rules = readdirSync(resolve(import.meta.dirname, '../../../rules')).filter((name) => name.endsWith('.py') && name !== 'rule.py').map((name) => `rules/${name}`)
  const deducting = rules.filter((file) => said(file, /^ {4}(less_is_better) = True$/m)).map((file) => said(file, /^ {4}code = "(\w+)"$/m))
  expect(deducting).toEqual(DEDUCTING)
})
