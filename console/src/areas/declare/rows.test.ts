import { describe, expect, test } from 'vitest'
import { type FormRow, countsOf, doubt, entryOf, fits, isReady, look, renewed, rowOf, sorted, stateOf, touched } from './rows'

function form(changes: Partial<FormRow> = {}): FormRow {
  return {
    indicator: '05-01-04', name: '注册商标使用检查', tool: 'review', category: 'professional', measure_unit: '户', full_points: '4', standard: '', required_evidence: '',
    target: '13', quantities: [{ key: 'done', label: '完成', machine: null, declared: null }], declaration: null, revision: null, status: null, self_points: null,
    points: null, remark: null, reason: null, evidence: [], not_applicable: false, declared_by: null, verified_by: null, assessed_by: null, ...changes,
  }
}
const machine = { key: 'late', label: '迟到', machine: '1', declared: null }

describe('an item of the month', () => {
  test('is empty until something is typed, filled once every quantity is a number', () => {
    const row = rowOf('2026-M11', form({ quantities: [{ key: 'a', label: '', machine: null, declared: null }, { key: 'b', label: '', machine: null, declared: null }] }))
    expect(stateOf(row)).toBe('empty')
    row.typed.inputs['a'] = '１５'
    expect(stateOf(row)).toBe('partial')
    row.typed.inputs['b'] = 'x'
    expect([stateOf(row), countsOf(row)]).toEqual(['partial', null])
    row.typed.inputs['b'] = '15.5'
    expect([stateOf(row), countsOf(row)]).toEqual(['filled', { a: '15', b: '15.5' }])
  })

  test('that a machine counted is looked over, and sent without quantities', () => {
    const row = rowOf('2026-M11', form({ quantities: [machine] }))
    expect([stateOf(row), isReady(row)]).toEqual(['machine', false])
    row.typed.checked = true
    expect([stateOf(row), isReady(row)]).toEqual(['checked', true])
    expect(entryOf(row)).toEqual({ indicator: '05-01-04', period: '2026-M11' })
  })

  test('that was returned stays so until something is changed, and names its revision', () => {
    const row = rowOf('2026-M11', form({ status: 'returned', revision: 3, evidence: ['台账'], quantities: [{ key: 'done', label: '', machine: null, declared: '3' }] }))
    expect(stateOf(row)).toBe('returned')
    row.typed.evidence.push({ ref: 'evidence:1', name: '照片.jpg' })
    expect(stateOf(row)).toBe('filled')
    expect(entryOf(row)).toMatchObject({ revision: 3, counts: { done: '3' }, evidence: ['台账', 'evidence:1'] })
  })

  test('above what is usual waits until it was looked at once more; with another quantity nothing is confirmed', () => {
    const row = rowOf('2026-M11', form())
    row.typed.inputs['done'] = '5000'
    doubt(row)
    expect([stateOf(row), isReady(row), entryOf(row)['confirmed']]).toEqual(['doubted', false, undefined])
    look(row)
    expect([stateOf(row), isReady(row), entryOf(row)['confirmed']]).toEqual(['filled', true, true])
    row.typed.inputs['done'] = '50'
    expect([stateOf(row), entryOf(row)['confirmed']]).toEqual(['filled', undefined])
  })

  test('that is declared is not to be filled in', () => {
    const row = rowOf('2026-M11', form({ status: 'declared' }))
    expect([fits(row, 'open'), fits(row, 'done'), fits(row, 'all')]).toEqual([false, true, true])
  })
})

test('returned items stand first, then common before professional', () => {
  const rows = [form(), form({ category: 'common', indicator: '02-01-01' }), form({ status: 'returned', indicator: '09' })].map((one) => rowOf('2026-M11', one))
  expect(sorted(rows).map((row) => row.form.indicator)).toEqual(['09', '02-01-01', '05-01-04'])
})

test('a draft holds what was touched and nothing else', () => {
  const [one, two] = [rowOf('2026-M11', form()), rowOf('2026-M11', form({ indicator: '05-01-05' }))]
  two.typed.inputs['done'] = '2'
  expect(Object.keys(touched([one, two]))).toEqual(['2026-M11 05-01-05'])
})

describe('what others did meanwhile', () => {
  const row = (indicator: string, changes: Partial<FormRow> = {}): ReturnType<typeof rowOf> => rowOf('2026-M11', form({ indicator, ...changes }))

  test('leaves alone what they did not touch, and what is typed wherever it can still be declared', () => {
    const [first, second, third] = [row('01'), row('02'), row('03')]
    first.typed.inputs['done'] = '7'
    second.typed.inputs['done'] = '8'
    const found = renewed([third, first, second], [row('01'), row('02', { status: 'returned', revision: 2 }), row('03', { status: 'declared', revision: 1 }), row('04')])
    expect(found.rows.map((one) => one.form.indicator)).toEqual(['03', '01', '02', '04'])
    expect(found.rows[1]).toBe(first)
    expect(found.rows[2]?.typed.inputs['done']).toBe('8')
    expect(found.rows[2]?.form.revision).toBe(2)
    expect(found.changed).toEqual(['2026-M11 02', '2026-M11 03', '2026-M11 04'])
  })

  test('is no change where nothing is another', () => {
    const rows = [row('01'), row('02')]
    const found = renewed(rows, [row('01'), row('02')])
    expect(found.changed).toEqual([])
    expect(found.rows[0]).toBe(rows[0])
  })

  test('takes what was typed for an item that is declared by now', () => {
    const mine = row('01')
    mine.typed.inputs['done'] = '7'
    const found = renewed([mine], [row('01', { status: 'declared', revision: 1, quantities: [{ key: 'done', label: '', machine: null, declared: '9' }] })])
    expect(found.rows[0]?.typed.inputs['done']).toBe('9')
  })
})
