import { expect, test } from 'vitest'
import { byDesk, chosenOf, inOrder, toChoose, underWay } from './runs'

const desk = (step: 'assess' | 'verify'): { desk: { step: 'assess' | 'verify'; unit: null; person: null } } => ({ desk: { step, unit: null, person: null } })

test('what waits is counted by step, the most first', () => {
  expect(byDesk([desk('verify'), desk('assess'), desk('assess')])).toEqual([{ step: 'assess', count: 2 }, { step: 'verify', count: 1 }])
  expect(byDesk([])).toEqual([])
})

test('whoever of the tied has a reason is chosen, nobody else', () => {
  expect(chosenOf({ person: { P1: ' 连续两年未出差错 ', P2: '  ' }, station: { S1: '' } })).toEqual({ person: { P1: '连续两年未出差错' } })
  expect(toChoose({ places: 6, nominated: 4 })).toBe(2)
  expect(toChoose(undefined)).toBe(0)
})

test('a job is looked after until it is over', () => {
  expect((['queued', 'running', 'done', 'failed'] as const).map((status) => underWay({ status }))).toEqual([true, true, false, false])
})

test('what has arrived is told in the order of its vocabulary, what that does not name last', () => {
  expect(inOrder({ assessed: 3, other: 1, declared: 2 }, ['draft', 'declared', 'verified', 'assessed'])).toEqual([['declared', 2], ['assessed', 3], ['other', 1]])
})
