import { expect, test } from 'vitest'
import { type Balance, type Claim, type Proposal, answersTo, confirmDays, faults, rows, shareRequest, standing } from './targets'

const balance = (changes: Partial<Balance> = {}): Balance => ({
  indicator: 'a', name: '巡查', line: 'access', line_name: '', layers: [], measure_unit: '户', target: '100', allocated: '100', claimed_by_units: '100', claimed_by_persons: '90', excess: '0', unallocated: '0', unclaimed: '0', over_claimed: '0', stranded: '0', ...changes,
})

test('faults are what somebody owns', () => {
  expect(faults(balance({ unallocated: '0.00', unclaimed: '10', stranded: '2.5' }))).toEqual(['unclaimed', 'stranded'])
})

test('a row knows what the others of the unit claim, so that Σ follows what is typed', () => {
  const claim = { indicator: 'a', subject: 'P1', target: '30', status: 'claimed', indicator_name: '巡查', measure_unit: '户' } as unknown as Claim
  const proposal = { indicator: 'b', subject: 'P1', quantity: '5', indicator_name: '培训', measure_unit: '次', bound: null } as unknown as Proposal
  expect(rows('P1', 'S01', [claim], [proposal], [balance()]).map((one) => [one.name, one.others, one.share, one.proposed])).toEqual([['巡查', '60', '100', null], ['培训', '0', '0', '5']])
})

test('Σ is short of the share, even with it or beyond', () => {
  expect([standing('9.9', '10'), standing('10.0', '10'), standing('11', '10')]).toEqual(['short', 'even', 'beyond'])
})

test('a share is drawn and given back by itself, what is beyond it is permitted with its reason', () => {
  expect(shareRequest('draw', '2026', 'a', 'D01', '5', '')).toEqual({ path: 'cycles/2026/allocations/draw', body: { shares: [{ indicator: 'a', unit: 'D01', quantity: '5' }] } })
  expect(shareRequest('return', '2026', 'a', 'D01', '5', '人手不足').body).toMatchObject({ reason: '人手不足' })
  expect(shareRequest('permit_excess', '2026', 'a', 'D01', '2', '追加').path).toBe('claims/excess')
})

test('a station answers to every line, a division to its own', () => {
  expect([answersTo({ kind: 'station', line: 'x' }, 'access'), answersTo({ kind: 'division', line: 'x' }, 'access'), answersTo({ kind: 'division', line: 'access' }, 'access'), answersTo({ kind: 'division', line: 'x' }, 'all'), answersTo(undefined, 'all')]).toEqual([true, false, true, true, false])
})

test('days within which a head confirms are named as the API takes them, or left out', () => {
  expect([' ', '1', '９０', '0', '91', 'x'].map(confirmDays)).toEqual([null, 1, 90, undefined, undefined, undefined])
})
