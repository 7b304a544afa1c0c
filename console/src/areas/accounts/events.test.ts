import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import zh from '../../locales/zh/accounts.json'

const AUTH = resolve(import.meta.dirname, '../../../../gateway/auth')
const code = readdirSync(AUTH).filter((name) => name.endsWith('.py')).map((name) => readFileSync(join(AUTH, name), 'utf8'))
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((one) => one[1] ?? '')

test('everything that the gateway tells the owner of an account has its words', () => {
  // Said where it is told, or handed on to where it is told.
  const told = code.flatMap((text) => found(text, /(?:tell_owner|save_account|_create|WayIn|_by_provider)\([^"\n]*?"(\w+\.\w+)"/g))
  const handed = code.filter((text) => /tell_owner\(session, account, action\)/.test(text)).flatMap((text) => found(text, /_note\([^"\n]*?"(\w+\.\w+)"/g))
  const kinds = [...new Set([...told, ...handed])].sort()
  expect(kinds).toEqual(expect.arrayContaining(['identity.linked', 'identity.unlinked', 'login.new_device', 'second_factor.reset', 'password.reset', 'account.changed', 'session.ended']))
  expect(kinds.filter((kind) => !(kind.replaceAll('.', '_') in zh.event))).toEqual([])
})
