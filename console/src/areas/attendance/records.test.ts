import { expect, test } from 'vitest'
import type { Correction, Leave } from './attendance'
import { timeOf } from '@/shared/logic/dates'
import { differences, dayOfMonth } from './month'
import { ASKED, ofCorrection, ofLeave, ofPunch, type Punch, queryOf } from './records'

test('a list is asked for by what it is found by, and by nothing that is empty', () => {
  const asked = { ...ASKED, unit: 'D10', device: 'CKJ1', status: 'approved', from: '2026-03-01' }
  expect(queryOf('leaves', asked)).toEqual({ unit: 'D10', status: 'approved', from: '2026-03-01' })
  expect(queryOf('punches', asked)).toEqual({ unit: 'D10', device: 'CKJ1', from: '2026-03-01' })
})

test('each tells whose it is and who decided last', () => {
  const person = { person: 'P1', person_name: '张三', unit_name: '一科' }
  const steps = [{ step: 'endorse', by: 'head', by_name: '李四' }, { step: 'approve', by: 'hr', by_name: '王五' }]
  expect(ofLeave({ ...person, leave: 'L', status: 'approved', steps } as unknown as Leave)).toMatchObject({ name: '张三', unit: '一科', by: 'hr', byName: '王五' })
  expect(ofLeave({ ...person, leave: 'L', status: 'requested', steps: [] } as unknown as Leave).by).toBe('')
  expect(ofCorrection({ ...person, day: '2026-03-04', point: 'depart', status: 'refused', decided_by: 'hr' } as Correction)).toMatchObject({ key: 'P1 2026-03-04 depart', status: 'refused', by: 'hr' })
  expect(ofPunch({ device: 'C', pin: '7', time: 't', status: 255, verify: 1, person: null } as Punch)).toMatchObject({ person: '', name: '' })
})

test('of a month what lies on a day is found, and what was refused is not', () => {
  const leave = (status: string): object => ({ leave: status, first: '2026-03-03', last: '2026-03-05', status })
  const month = { days: [{ day: '2026-03-04' }], rest_days: [{ day: '2026-03-07', earned: '1' }], leaves: [leave('approved'), leave('refused')], sign_ins: [{ opens: '2026-03-04T14:00:00' }] } as never
  const found = dayOfMonth(month, '2026-03-04')
  expect([found.judged?.day, found.rest, found.leaves.map((one) => one.status), found.signIns.length]).toEqual(['2026-03-04', null, ['approved'], 1])
  expect(dayOfMonth(month, '2026-03-07').rest?.earned).toBe('1')
  expect(timeOf('2026-03-04T14:00:00')).toBe('14:00')
})

test('only figures that are not as they were are told', () => {
  const before = { absence: { absent: '1' }, late_early: { late: '1' } }
  expect(differences(before, { absence: { absent: '0' }, late_early: { late: '1' }, leave: { days: '2' } })).toEqual([
    { name: 'absence', before: { absent: '1' }, after: { absent: '0' } }, { name: 'leave', before: null, after: { days: '2' } },
  ])
})
