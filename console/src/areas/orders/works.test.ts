import { expect, test } from 'vitest'
import { type Work, ready, request, sorted, wordy } from './works'

const work = (changes: Partial<Work> = {}): Work => ({ work: 'w', revision: 3, status: 'reported', may: [], done_on: '2026-03-01', title: '接待', ...changes }) as Work
const nothing = { reason: '', counts: null }

test('the head returns what was reported, who assesses what was confirmed', () => {
  expect(request(work(), 'return', { ...nothing, reason: ' 缺照片 ' })).toEqual({ path: 'temporary-work/confirm', body: { decision: 'return', works: [{ work: 'w', revision: 3 }], reason: '缺照片' } })
  expect(request(work({ status: 'confirmed' }), 'return', { ...nothing, reason: '缺照片' }).path).toBe('temporary-work/assess')
  expect(request(work({ status: 'confirmed' }), 'assess', { reason: '', counts: { done: '2' } })).toEqual({ path: 'temporary-work/assess', body: { decision: 'assess', works: [{ work: 'w', revision: 3, counts: { done: '2' } }] } })
})

test('returning, rejecting and taking back a decision need words, taking back a confirmation none', () => {
  expect([wordy(work(), 'return'), wordy(work({ status: 'assessed' }), 'take_back'), wordy(work({ status: 'confirmed' }), 'take_back'), wordy(work(), 'confirm')]).toEqual([true, true, false, false])
})

test('an assessment needs its quantities', () => {
  expect([ready(work(), 'assess', nothing), ready(work(), 'assess', { reason: '', counts: { done: 'x' } }), ready(work(), 'assess', { reason: '', counts: { done: '1' } })]).toEqual([false, false, true])
})

test('what waits for the reader stands first', () => {
  expect(sorted([work({ title: 'b', done_on: '2026-04-01' }), work({ title: 'a', may: ['confirm'] })]).map((one) => one.title)).toEqual(['a', 'b'])
})
