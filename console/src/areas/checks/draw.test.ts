import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Published, recompute } from './draw'
import { sha256 } from './sha256'

const SAMPLES = JSON.parse(readFileSync(resolve(import.meta.dirname, 'draws.sample.json'), 'utf8')) as Published[] // made by the service's own protocol
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('SHA-256 gives what the standard prints', () => {
  expect(sha256(bytes('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256(bytes(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256(bytes('a'.repeat(1_000)))).toBe('41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3')
})

test.each(SAMPLES.map((one) => [JSON.parse(one.list.split('\n')[0] ?? '[]')[5] as string, one] as const))('a draw by %s is the same here as in the service, with who stood back', (_method, one) => {
  const found = recompute(one)
  expect(found.steps.filter((step) => !step.fits)).toEqual([])
  expect([found.hashFits, found.fits]).toEqual([true, true])
})

test('another value, an item put in or another inspector is found out', () => {
  for (const one of SAMPLES) {
    expect(recompute({ ...one, value: '01 02 03 + 05' }).fits).toBe(false)
    expect(recompute({ ...one, list: one.list.replace('"d03"', '"d99"') }).hashFits).toBe(false)
    expect(recompute({ ...one, sample: one.sample.map((row, at) => (at ? row : { ...row, inspectors: ['P9'] })) }).fits).toBe(false)
  }
})
