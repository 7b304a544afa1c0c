import { expect, test } from 'vitest'
import { changes, correctable, members } from './correction'

const event = (name: string, given: object) => ({ number: 1, name, given } as never)

test('a correction sends only what is not as it was', () => {
  const assigned = event('assign', { unit: 'S01', handler: 'P20' })
  expect(members(assigned).map((one) => one.name)).toEqual(['unit', 'handler'])
  expect(changes(assigned, { unit: 'S01', handler: 'P21' })).toEqual({ handler: 'P21' })
  expect(changes(event('conclude', { outcome: 'agreement', recovered: '100.00', perform_by: '2026-05-01' }), { outcome: 'agreement', recovered: '120', perform_by: '' })).toEqual({ recovered: '120', perform_by: null })
})

test('a call that was answered after all is answered', () => {
  expect(changes(event('follow_up', { answered: false, satisfaction: null }), { satisfaction: 'satisfied' })).toEqual({ satisfaction: 'satisfied', answered: true })
})

test('an event that says nothing can still be put right in its time, a registration in what it says', () => {
  expect([correctable(event('contact', {})), correctable(event('register', { summary: 's' })), correctable(event('register', {}))]).toEqual([true, true, false])
})
