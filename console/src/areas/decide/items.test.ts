import { describe, expect, test } from 'vitest'
import { type Item, type Judge, may, ordered, remarkable } from './items'

const item = (changes: Partial<Item> = {}): Item => ({
  declaration: 'd', revision: 1, indicator: '02', subject: 'P20', layer: 'person', unit: 'S01', period: '2026-M10', status: 'declared', assessor: 'D10', counts: {}, machine: null,
  machine_now: null, target: null, self_points: '1', points: '1', differs: false, not_applicable: false, remark: '', evidence: [], reason: '', declared_by: 'P20', verified_by: null, assessed_by: null,
  verifier: 'head', due_on: null, ...changes,
})
const head: Judge = { person: 'P19', grants: [{ role: 'unit_head', scope: 'unit', target: 'S01' }] }
const hr: Judge = { person: 'P11', grants: [{ role: 'hr', scope: 'bureau' }, { role: 'assessor', scope: 'unit', target: 'D10' }] }
const leader: Judge = { person: 'P1', grants: [{ role: 'leader', scope: 'bureau' }] }

describe('verifying', () => {
  test('a head verifies the people of the unit, not their own nor the unit itself', () => {
    expect(may('verify', head, item())).toBe(true)
    expect(may('verify', head, item({ subject: 'P19', declared_by: 'P19' }))).toBe(false)
    expect(may('verify', head, item({ subject: 'S01', declared_by: 'P19' }))).toBe(false)
    expect(may('verify', leader, item({ subject: 'S01', declared_by: 'P19' }))).toBe(true)
  })
  test('what a clock counted is verified by human resources', () => {
    expect([head, hr].map((judge) => may('verify', judge, item({ verifier: 'hr' })))).toEqual([false, true])
  })
})

describe('assessing', () => {
  test('the section does, but never who verified it, and never its own work', () => {
    const verified = item({ status: 'verified', verified_by: 'P19' })
    expect(may('assess', hr, verified)).toBe(true)
    expect(may('assess', hr, { ...verified, verified_by: 'P11' })).toBe(false)
    expect(may('assess', hr, { ...verified, unit: 'D10' })).toBe(false)
  })
})

test('what the API says one may goes before what is told from the fields', () => {
  expect(may('verify', head, item({ may: [] }))).toBe(false)
  expect(may('assess', head, item({ may: ['assess'] }))).toBe(true)
})

test('items are ordered by people or by indicator, and what differs from the machine is marked', () => {
  const items = [item({ indicator: '09', subject: 'P20' }), item({ indicator: '01', subject: 'P21' })]
  expect(ordered(items, 'subject').map((one) => one.subject)).toEqual(['P20', 'P21'])
  expect(ordered(items, 'indicator').map((one) => one.indicator)).toEqual(['01', '09'])
  expect([remarkable(item({ differs: true })), remarkable(item())]).toEqual(['differs', null])
})
