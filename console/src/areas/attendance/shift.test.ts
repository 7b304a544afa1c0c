import { expect, test } from 'vitest'
import { EMPTY_SHIFT, shiftBody, shiftFault, shiftReady, spansOf, timesText } from './shift'

const form = (more: object) => ({ ...EMPTY_SHIFT(), shift: 'N1', name: '夜班', ...more })

test('what is not after the time before it is the next day, through two spans', () => {
  expect(spansOf(form({ from: '08:30', to: '12:00', split: true, again: '13:30', until: '17:30' }))).toEqual([[510, 720], [810, 1050]])
  expect(spansOf(form({ from: '22:00', to: '06:00' }))).toEqual([[1320, 1800]])
  expect(spansOf(form({ from: '20:00', to: '23:00', split: true, again: '01:00', until: '05:00' }))).toEqual([[1200, 1380], [1500, 1740]])
  expect(spansOf(form({ from: '21:00', to: '01:00', split: true, again: '02:00', until: '05:00' }))).toEqual([[1260, 1500], [1560, 1740]])
})

test('what the API refuses is told before it is sent', () => {
  expect(shiftFault(form({}))).toBeNull()
  expect(shiftFault(form({ to: '' }))).toBe('times')
  expect(shiftFault(form({ from: '09:00', to: '09:00' }))).toBe('times')
  expect(shiftFault(form({ from: '09:00', to: '12:00', split: true, again: '11:00', until: '17:00' }))).toBe('times')
  expect(shiftFault(form({ tolerance: 121 }))).toBe('tolerance')
  expect(shiftFault(form({ tolerance: 2.5 }))).toBe('tolerance')
  expect(shiftFault(form({ from: '08:00', to: '07:00', opens_before: 61 }))).toBe('opens')
  expect(shiftFault(form({ flex: 30 }))).toBeNull()
  expect(shiftFault(form({ flex: 30, split: true, to: '12:00' }))).toBe('flex')
  expect([shiftReady(form({})), shiftReady(form({ name: ' ' }))]).toEqual([true, false])
})

test('a shift is sent with its spans, and said as people say it', () => {
  expect(shiftBody(form({ shift: ' N1 ', from: '22:00', to: '06:00' }))).toEqual({ shift: 'N1', name: '夜班', spans: [[1320, 1800]], tolerance: 5, absent_after: 120, opens_before: 240, flex: 0 })
  expect(timesText([[510, 720], [1320, 1800]], (time) => `次日${time}`)).toBe('08:30—12:00、22:00—次日06:00')
})
