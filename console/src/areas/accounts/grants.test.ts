import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { FROM_ABOVE, PLAIN, type Grant, SCOPES, effects, half, whole } from './grants'

const rules = readFileSync(resolve(import.meta.dirname, '../../../../gateway/auth/roles.py'), 'utf8')
const quoted = (text: string): string[] => [...text.matchAll(/"(\w+)"/g)].map((found) => found[1] ?? '')
const grant = (role: string, scope: string, target: string | null = null): Grant => ({ role, scope, target }) as Grant

test('roles, their scopes and who gives them are those of the gateway', () => {
  const scopes = /SCOPES: [^=]*= \{([^}]*)\}/.exec(rules)?.[1] ?? ''
  const told = Object.fromEntries([...scopes.matchAll(/"(\w+)": \(([^)]*)\)/g)].map((found) => [found[1], quoted(found[2] ?? '')]))
  expect(told).toEqual(SCOPES)
  expect(quoted(/PLAIN = frozenset\(\{([^}]*)\}/.exec(rules)?.[1] ?? '').sort()).toEqual([...PLAIN].sort())
  expect(quoted(/_ONLY_FROM_ABOVE = frozenset\(\{([^}]*)\}/.exec(rules)?.[1] ?? '').sort()).toEqual([...FROM_ABOVE].sort())
})

test('what is taken holds at once, what is added waits unless it is a plain role', () => {
  const [staff, head, devices, hr] = [grant('staff', 'own'), grant('unit_head', 'unit', 'S01'), grant('devices', 'bureau'), grant('hr', 'bureau')]
  expect(effects([staff, head], [staff, devices, hr])).toEqual({ taken: [head], given: [devices], waiting: [hr] })
  expect(effects([head], [grant('unit_head', 'unit', 'S02')])).toEqual({ taken: [head], given: [], waiting: [grant('unit_head', 'unit', 'S02')] })
})

test('a role is whole with the scope it may have, and its unit or line', () => {
  expect([whole(grant('unit_head', 'unit')), whole(grant('unit_head', 'unit', 'S01')), whole(grant('leader', 'bureau')), whole(grant('leader', 'line', 'access')), whole(grant('staff', 'bureau'))]).toEqual([false, true, true, true, false])
})

test('a role that was begun is waited for until it is whole; none begun is none missing', () => {
  expect([half(grant('', '')), half(grant('unit_head', 'unit')), half(grant('leader', 'line')), half(grant('leader', 'line', 'access')), half(grant('hr', 'bureau'))]).toEqual([false, true, true, false, false])
})
