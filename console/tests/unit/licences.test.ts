import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Of the built console: `make console` comes first. */
const told = readFileSync(resolve(import.meta.dirname, '../../../gateway/web/console/licences.txt'), 'utf8').split(/\n-{72}\n\n/)

test('what ships is listed with its licence in its own words', () => {
  const names = told.map((one) => /^(\S+) \d/.exec(one)?.[1])
  for (const name of ['vue-router', 'pinia', 'vue-i18n', '@tanstack/vue-virtual', 'openapi-fetch']) expect(names).toContain(name)
  for (const one of told) expect(one, one.split('\n')[0]).toMatch(/Permission is hereby granted|Apache License|Redistribution and use|Permission to use/)
})

test('what only builds and tests is not listed', () => {
  expect(told.some((one) => /^(vite|typescript|eslint|@playwright\/test) /.test(one))).toBe(false)
})
