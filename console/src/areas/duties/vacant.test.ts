import { expect, test } from 'vitest'
import type { Person, Unit } from '@/shared/state/names'
import { actingFor, vacantUnits } from './vacant'

const unit = (code: string, active = true) => ({ unit: code, name: code, active }) as Unit
const person = (code: string, of: string, changes: Partial<Person> = {}) => ({ person: code, unit: of, head: false, active: true, ...changes }) as Person

test('a unit is vacant where people work and nobody who is there heads it', () => {
  const units = [unit('S01'), unit('S02'), unit('S03'), unit('S04'), unit('S05', false)]
  const persons = [person('1', 'S01', { head: true }), person('2', 'S02'), person('3', 'S02', { head: true, active: false }), person('4', 'S03', { head: true }), person('5', 'S03'), person('6', 'S05')]
  expect(vacantUnits(units, persons).map((one) => one.unit), 'nobody works in S04, S05 is no more').toEqual(['S02'])
})

test('the unit’s own people stand first among those who may act, whoever has left not at all', () => {
  const persons = [person('1', 'S01'), person('2', 'S03'), person('3', 'S02'), person('4', 'S02', { active: false }), person('5', 'S01')]
  expect(actingFor('S02', persons).map((one) => one.person)).toEqual(['3', '1', '5', '2'])
})
