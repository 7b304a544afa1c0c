import { expect, test } from 'vitest'
import { type Plan, planBody, planFields, quartersFrom } from './plans'

const PLAN: Plan = { plan: 'p1', revision: 3, title: '取暖器抽检', goods: '取暖器', quarter: '2025-Q4', wanted: 20, taken: 2, tested: 1, failed: 1, unit: null, traders: ['t1'], closed: false }

test('quarters that are over are not planned for, that of a plan stays', () => {
  expect(quartersFrom('2026-11-30')).toEqual(['2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'])
  expect(quartersFrom('2026-11-30', '2025-Q4')[0]).toBe('2025-Q4')
  expect(quartersFrom('2026-03-31', '2026-Q2').filter((one) => one === '2026-Q2')).toHaveLength(1)
})

test('a plan is changed as it was read, a new one is made; only a change closes it', () => {
  expect(planBody(PLAN, { ...planFields(PLAN, ''), wanted: 30, closed: true }, [{ trader: 't2', name: '乙' }])).toEqual({
    title: '取暖器抽检', goods: '取暖器', quarter: '2025-Q4', wanted: 30, unit: null, traders: ['t2'], closed: true, revision: 3,
  })
  expect(planBody(null, { ...planFields(null, '2026-Q4'), title: ' 儿童玩具 ', goods: '玩具', unit: 'S01' }, [])).toEqual({
    title: '儿童玩具', goods: '玩具', quarter: '2026-Q4', wanted: 10, unit: 'S01', traders: [],
  })
})
