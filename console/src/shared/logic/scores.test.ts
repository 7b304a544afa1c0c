import { expect, test } from 'vitest'
import { categoryLoss, histogram, lossOf, mostLost } from './scores'

const item = (indicator: string, full: string, points: string, applicable = true) => ({ indicator, name: indicator, full_points: full, points, applicable, periods: { due: 12, declared: 11 } })
const tree = (category: string) => ({ weights: {}, components: {}, lines: [{ weight: '1', categories: [{ category, weight: '0.50', full_points: '100', items: [item('a', '8', '6'), item('b', '4', '0'), item('c', '3', '0', false), item('d', '2', '2')] }] }] })

test('what an item lacks is weighted up to the final score, the dearest first', () => {
  expect(mostLost(tree('common'), '0.5').map((one) => [one.indicator, one.points])).toEqual([['b', '1.00'], ['a', '0.50']])
})

test('contributions are never named as the thing to do', () => {
  expect(mostLost(tree('contribution'), '0.5')).toEqual([])
})

test('a histogram counts in steps of five', () => {
  expect(histogram(['71.22', '74.99', '75.00', '87.10', null])).toEqual([{ from: 70, count: 2 }, { from: 75, count: 1 }, { from: 80, count: 0 }, { from: 85, count: 1 }])
})

test('what a category and an item lack adds up through the weights', () => {
  const category = { category: 'common', weight: '0.33', score: '87.3300', full_points: '100', items: [] }
  expect(categoryLoss(category, { weight: '1', categories: [] }, '0.5')).toBe('2.09')
  expect(lossOf(item('a', '8', '6.25'), category, { weight: '1', categories: [] }, '0.5')).toBe('0.29')
  expect(lossOf(item('a', '8', '6.25', false), category, { weight: '1', categories: [] }, '0.5')).toBe('0.00')
})
