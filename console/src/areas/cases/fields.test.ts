import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { FIELDS, type Filled, REASONED, type Step, arranged, body, fitting, ready, withUnit } from './fields'

const contracts = ['steps', 'procedure', 'entries'].map((name) => readFileSync(resolve(import.meta.dirname, `../../../../shared/contracts/complaints/${name}.py`), 'utf8')).join('\n')
/** What each class of the contract needs, its parents' included. */
function neededOf(name: string): Set<string> {
  const found = new RegExp(`class ${name}\\(([^)]*)\\):\\n([\\s\\S]*?)(?=\\n\\n\\n|$)`).exec(contracts)
  if (!found) return new Set()
  const own = [...(found[2] ?? '').matchAll(/^ {4}(\w+) = ([\s\S]*?)(?=^ {4}\w|$(?![\s\S]))/gm)].filter(([, , made]) => /required=True/.test(made ?? '') || /^needed_text\(/.test(made ?? '')).map(([, field]) => field ?? '')
  return new Set([...(found[1] ?? '').split(',').flatMap((parent) => [...neededOf(parent.trim())]), ...own])
}
const entries = [...(/ENTRIES[^{]*\{([\s\S]*?)\n\}/.exec(contracts)?.[1] ?? '').matchAll(/"(\w+)": \((?:procedure\.)?(\w+),/g)].map((found) => [found[1] as Step, found[2] ?? ''] as const)

test('every step asks for what its contract needs', () => {
  expect(entries.length).toBeGreaterThan(55)
  for (const [step, name] of entries) {
    const needed = [...neededOf(name)].filter((field) => field !== 'case')
    expect(REASONED.has(step), `${step} has its reason`).toBe(needed.includes('why'))
    if (step === 'correct' || step === 'annul') continue
    const fields = FIELDS[step] ?? []
    for (const field of needed.filter((one) => one !== 'why' && one !== 'answered')) expect(fields.some((one) => one.name === field && (one.needed || one.kind === 'flag')), `${step} needs ${field}`).toBe(true)
  }
})

const as = (_: unknown, value: string): string => value
test('what does not fit any more is not sent', () => {
  const filled: Filled = { outcome: 'terminated', termination_ground: '2', recovered: '100', voucher: true }
  expect(ready('conclude', filled, '')).toBe(true)
  expect(body('conclude', filled, as)).toEqual({ outcome: 'terminated', termination_ground: '2' })
  expect(body('conclude', { outcome: 'agreement', recovered: '100' }, as)).toEqual({ outcome: 'agreement', recovered: '100', voucher: false })
  expect([ready('conclude', { outcome: 'terminated' }, ''), ready('supervise', {}, ''), ready('supervise', {}, '请从速')]).toEqual([false, false, true])
  expect(body('follow_up', {}, as)).toEqual({ answered: false })
})

test('usual steps stand first in their order, events are put right in the history', () => {
  expect(arranged(['lead', 'follow_up', 'archive', 'supervise', 'correct', 'annul', 'assign'])).toEqual({ usual: ['assign', 'follow_up', 'archive', 'supervise'], other: ['lead'] })
})

test('another unit has another handler, and each kind of case its own outcomes', () => {
  expect([withUnit({ unit: 'S02', handler: 'P20' }), withUnit({ unit: 'S02' })]).toEqual([{ unit: 'S02', handler: '' }, { unit: 'S02' }])
  const outcomes = (kind: string): readonly string[] | undefined => fitting(FIELDS.conclude ?? [], kind).find((one) => one.name === 'outcome')?.only
  expect([outcomes('complaint'), outcomes('report')]).toEqual([['agreement', 'settled', 'terminated'], ['filed', 'not_filed']])
})
