import { expect, test } from 'vitest'
import { EMPTY, inDraft, isAmount, newCase } from './intake'

test('what was left empty is not said, and a report tells nothing of who reports', () => {
  const typed = { ...EMPTY, consumer: ' 冷先生 ', phone: '13900000000', id_number: '1', address: '某路', trader: '某店', amount: '99.50', request: '退货', summary: ' 不发热 ' }
  expect(newCase(typed, 'C01')).toEqual({ kind: 'complaint', intake_unit: 'C01', summary: '不发热', consumer: '冷先生', phone: '13900000000', id_number: '1', address: '某路', trader: '某店', amount: '99.50', request: '退货' })
  expect(newCase({ ...typed, kind: 'report' }, 'C01')).toEqual({ kind: 'report', intake_unit: 'C01', summary: '不发热', trader: '某店', amount: '99.50' })
  expect(newCase({ ...typed, kind: 'enquiry', trader: '' }, 'C01')).toEqual({ kind: 'enquiry', intake_unit: 'C01', summary: '不发热' })
})

test('a draft keeps no name, telephone, identity or address of who complains', () => {
  expect(inDraft({ ...EMPTY, trader: '某店', consumer: '冷先生', phone: '139', id_number: '1', address: '某路' })).toEqual({ ...EMPTY, trader: '某店' })
})

test('an amount is yuan with two decimals at most, or none', () => {
  expect(['', '0', '99.5', '1234567890.12'].map(isAmount)).toEqual([true, true, true, true])
  expect(['-1', '1,000', '99.555', '九十'].map(isAmount)).toEqual([false, false, false, false])
})
