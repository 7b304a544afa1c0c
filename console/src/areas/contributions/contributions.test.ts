import { expect, test } from 'vitest'
import { type Contribution, type Holder, may } from './contributions'

const item = (changes: Partial<Contribution> = {}): Contribution => ({
  contribution: 'c', revision: 1, indicator: '11', subject: 'P20', layer: 'person', unit: 'S01', period: '2026-H1', status: 'declared', title: '', effect: '', proof: '', reason: '', evidence: [], shares: [],
  part_of: null, claimed: {}, counts: {}, declared_by: 'P20', screened_by: null, settled_by: null, same_as: [], opinions: [], worth: '1', year: '1', cap: '4', ...changes,
})
const who = (person: string, headed: string | null, ...roles: string[]): Holder => ({ person, headed, has: (...wanted) => wanted.some((one) => roles.includes(one)) })
const opinion = (member: string, recused = false) => ({ member, agree: true, recused, note: '' })

test('the head screens, never what is their own', () => {
  expect(may(item(), who('P19', 'S01'))).toEqual(['screen', 'return'])
  expect(may(item({ subject: 'P19', declared_by: 'P19' }), who('P19', 'S01'))).toEqual([])
})

test('a member of the panel gives an opinion once, three that count settle', () => {
  const screened = item({ status: 'screened' })
  expect(may(screened, who('P10', null, 'panel'))).toEqual(['opine'])
  expect(may({ ...screened, opinions: [opinion('P10'), opinion('P11'), opinion('P12', true)] }, who('P10', null, 'panel'))).toEqual([])
  expect(may({ ...screened, opinions: [opinion('P10'), opinion('P11'), opinion('P12')] }, who('P10', null, 'panel'))).toEqual(['settle', 'reject'])
})
