import { expect, test } from 'vitest'
import { lasted, stateOf, thingOf } from './operation'

const AT = '2026-11-30T10:00:00Z'

test('a part is silent, behind with its outbox after a minute, or well', () => {
  const part = (answers: boolean, outbox_since: string | null): 'silent' | 'behind' | 'well' => stateOf({ answers, outbox: 1, outbox_since }, AT)
  expect([part(false, null), part(true, '2026-11-30T09:58:00Z'), part(true, '2026-11-30T09:59:30Z'), part(true, null)]).toEqual(['silent', 'behind', 'well', 'well'])
})

test('how long it lasted is told in the largest unit', () => {
  expect(['2026-11-30T09:59:30Z', '2026-11-30T09:30:00Z', '2026-11-30T05:00:00Z', '2026-11-20T10:00:00Z', null].map((since) => { const found = lasted(since, AT); return found && `${found.count} ${found.unit}` })).toEqual(['30 seconds', '30 minutes', '5 hours', '10 days', null])
})

test('an event is named by what it is about', () => {
  expect([thingOf('targets.UnitChanged.v1'), thingOf('')]).toEqual(['UnitChanged', ''])
})
