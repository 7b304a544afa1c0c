import { expect, test } from 'vitest'
import { type Line, type Punch, commandOf, decidable, ofLine, ofPunch } from './apart'

const PUNCH = { device: 'CKJ1', device_name: '大门', place: '一楼', pin: '7', person_name: '甲', unit_name: '所', time: '2026-12-25T00:50:00Z', status: 255, verify: 1, raw: '7', received_at: '2026-11-29T00:00:00Z', reason: 'in_future', decision: null, may_decide: true } as unknown as Punch
const LINE = { device: 'CKJ1', device_name: null, place: null, digest: 'ab', raw: '??', reason: 'time', received_at: '2026-11-29T00:00:00Z', decision: null, may_decide: false } as unknown as Line
const instant = (local: string): string => `${local}!`

test('a punch is taken as it is without a reason, at another time and not at all with one', () => {
  const one = ofPunch(PUNCH)
  expect([one.device, one.who, one.why, one.may]).toEqual(['大门', '甲 所', 'in_future', true])
  expect(decidable([one], { accept: true, pin: '', at: '', reason: '' })).toBe(true)
  expect(decidable([one], { accept: true, pin: '', at: '2026-11-29T08:50', reason: ' ' })).toBe(false)
  expect(decidable([one], { accept: false, pin: '', at: '', reason: '' })).toBe(false)
  expect(commandOf([one], 'suspect', { accept: true, pin: '', at: '2026-11-29T08:50', reason: '看过录像' }, instant)).toEqual({
    path: 'punches/decide', body: { punches: [{ device: 'CKJ1', pin: '7', time: PUNCH.time, status: 255, verify: 1, state: 'suspect', accept: true, reason: '看过录像', correct_to: '2026-11-29T08:50!' }] },
  })
  expect(commandOf([one], 'quarantined', { accept: false, pin: '', at: '2026-11-29T08:50', reason: '不是' }, instant).body).toEqual({ punches: [expect.not.objectContaining({ correct_to: expect.anything() })] })
})

test('a line becomes a punch by its number, its time and a reason', () => {
  const one = ofLine(LINE)
  expect([one.device, one.may]).toEqual(['CKJ1', false])
  expect(decidable([one], { accept: true, pin: '7', at: '', reason: '看过' })).toBe(false)
  expect(decidable([one], { accept: true, pin: '7', at: '2026-11-29T08:50', reason: '看过' })).toBe(true)
  expect(commandOf([one], 'lines', { accept: true, pin: ' 7 ', at: '2026-11-29T08:50', reason: '看过' }, instant)).toEqual({
    path: 'punches/rejected/decide', body: { lines: [{ device: 'CKJ1', digest: 'ab', accept: true, reason: '看过', pin: '7', time: '2026-11-29T08:50!' }] },
  })
  expect(commandOf([one], 'lines', { accept: false, pin: '7', at: '', reason: '杂音' }, instant).body).toEqual({ lines: [{ device: 'CKJ1', digest: 'ab', accept: false, reason: '杂音' }] })
})

test('what is chosen together is refused with one reason; punches are taken together as they are, lines never', () => {
  const two = [ofPunch(PUNCH), ofPunch({ ...PUNCH, pin: '8' })]
  expect(decidable(two, { accept: true, pin: '', at: '', reason: '' })).toBe(true)
  expect(decidable(two, { accept: false, pin: '', at: '', reason: '' })).toBe(false)
  expect(decidable([], { accept: false, pin: '', at: '', reason: '不是' })).toBe(false)
  expect(commandOf(two, 'suspect', { accept: false, pin: '', at: '', reason: '不是' }, instant)).toEqual({
    path: 'punches/decide', body: { punches: ['7', '8'].map((pin) => expect.objectContaining({ pin, accept: false, reason: '不是', state: 'suspect' })) },
  })
  const lines = [ofLine(LINE), ofLine({ ...LINE, digest: 'cd' })]
  expect(decidable(lines, { accept: true, pin: '7', at: '2026-11-29T08:50', reason: '看过' })).toBe(false)
  expect(commandOf(lines, 'lines', { accept: false, pin: '', at: '', reason: '杂音' }, instant).body).toEqual({ lines: ['ab', 'cd'].map((digest) => ({ device: 'CKJ1', digest, accept: false, reason: '杂音' })) })
})
