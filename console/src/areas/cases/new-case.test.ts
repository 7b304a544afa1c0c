import { expect, test } from 'vitest'
import { EMPTY, inDraft, isAmount, newCase } from './intake'
import { noParties } from './parties'

test('what was left empty is not said, and a report tells nothing of who reports', () => {
  const typed = { ...EMPTY, consumer: ' 冷先生 ', phone: '13900000000', id_number: '1', address: '某路', trader: '某店', amount: '99.50', request: '退货', summary: ' 不发热 ' }
  expect(newCase(typed, 'C01', noParties())).toEqual({ kind: 'complaint', intake_unit: 'C01', summary: '不发热', consumer: '冷先生', phone: '13900000000', id_number: '1', address: '某路', trader: '某店', amount: '99.50', request: '退货' })
  expect(newCase({ ...typed, kind: 'report' }, 'C01', noParties())).toEqual({ kind: 'report', intake_unit: 'C01', summary: '不发热', trader: '某店', amount: '99.50' })
  expect(newCase({ ...typed, kind: 'enquiry', trader: '' }, 'C01', noParties())).toEqual({ kind: 'enquiry', intake_unit: 'C01', summary: '不发热' })
})

test('a complaint may tell who acts, who complains with it and what it reports besides; a report may not', () => {
  const parties = noParties()
  parties.agent.name = '示范代理人'
  parties.together.push({ name: '示范乙', phone: '', address: '', id_number: '', representative: true }, { name: ' ', phone: '', address: '', id_number: '', representative: false })
  const typed = { ...EMPTY, trader: '某店', summary: '漏电', report: ' 无证生产 ', real_name: '1', tell_by: 'sms', received_at: '2026-06-01T09:30' }
  expect(newCase(typed, 'C01', parties)).toEqual({
    kind: 'complaint', intake_unit: 'C01', summary: '漏电', trader: '某店', tell_by: 'sms', received_at: '2026-06-01T01:30:00.000Z',
    agent: parties.agent, together: [parties.together[0]], report: { summary: '无证生产', real_name: true },
  })
  expect(newCase({ ...typed, kind: 'report' }, 'C01', parties)).toEqual({ kind: 'report', intake_unit: 'C01', summary: '漏电', trader: '某店', tell_by: 'sms', received_at: '2026-06-01T01:30:00.000Z', real_name: true })
  expect(newCase({ ...typed, kind: 'suggestion' }, 'C01', parties)).toEqual({ kind: 'suggestion', intake_unit: 'C01', summary: '漏电', trader: '某店', received_at: '2026-06-01T01:30:00.000Z' })
})

test('a draft keeps no name, telephone, identity or address of who complains', () => {
  expect(inDraft({ ...EMPTY, trader: '某店', consumer: '冷先生', phone: '139', id_number: '1', address: '某路' })).toEqual({ ...EMPTY, trader: '某店' })
})

test('an amount is yuan with two decimals at most, or none', () => {
  expect(['', '0', '99.5', '1234567890.12'].map(isAmount)).toEqual([true, true, true, true])
  expect(['-1', '1,000', '99.555', '九十'].map(isAmount)).toEqual([false, false, false, false])
})
