import { expect, test } from 'vitest'
import { changedLayers, copy, isWeight, isWhole, partsOf } from './models'

const before = { person: { access: { common: '0.35', professional: '0.65' } }, station: { access: { common: '0.30', professional: '0.70' } } }

test('weights of a line are whole where they add up to exactly 1', () => {
  expect(isWhole({ common: '0.1', professional: '0.2', contribution: '0.3', additional: '0.4' })).toBe(true)
  expect(isWhole({ common: '0.35', professional: '0.64' })).toBe(false)
  expect(isWhole({ common: '1.35', professional: '-0.35' })).toBe(false)
  expect(['0', '1', '0.35', '1.00', ' 0.5 ', '.5', '1.1', '一'].map(isWeight)).toEqual([true, true, true, true, true, false, false, false])
})

test('only layers with another weight are changed; another spelling of the same is none', () => {
  const after = copy(before)
  expect(changedLayers(before, after)).toEqual([])
  Object.assign(after['station']?.['access'] ?? {}, { common: '0.3', professional: '0.7' })
  expect(changedLayers(before, after)).toEqual([])
  Object.assign(after['person']?.['access'] ?? {}, { common: '0.36', professional: '0.64' })
  expect(changedLayers(before, after)).toEqual(['person'])
})

test('the parts that a revision changed are named once', () => {
  expect(partsOf([{ path: 'weights.person.access.common' }, { path: 'weights.person.access.professional' }, { path: 'quota_percent' }])).toEqual(['weights', 'quota_percent'])
})
