import { expect, test } from 'vitest'
import { type Answer, type Contribution, partner, request } from './contributions'

const item = {
  contribution: 'c', revision: 3, subject: 'P20', shares: [{ subject: 'P20', share: '0.5', agreed: true }, { subject: 'P21', share: '0.3', agreed: null }, { subject: 'S01', share: '0.2', agreed: null }],
} as unknown as Contribution

test('a partner answers for oneself or for the unit one heads, whoever declared it does not', () => {
  expect([partner(item, ['P21', null]), partner(item, ['P30', 'S01']), partner(item, ['P20', null]), partner(item, ['P30', null])]).toEqual(['P21', 'S01', null, null])
})

test('each answer goes where its operation takes it', () => {
  const sent = (answer: Answer, reason = ''): unknown => request(item, answer, reason, 'P21')
  const one = { contribution: 'c', revision: 3 }
  expect(sent('take')).toEqual({ path: 'contributions/shares', body: { contributions: [{ ...one, subject: 'P21', agree: true }] } })
  expect(sent('decline', '份额不符')).toEqual({ path: 'contributions/shares', body: { contributions: [{ ...one, subject: 'P21', agree: false, note: '份额不符' }] } })
  expect(sent('return', '缺材料')).toEqual({ path: 'contributions/screen', body: { decision: 'return', reason: '缺材料', contributions: [one] } })
  expect(sent('settle')).toEqual({ path: 'contributions/settle', body: { decision: 'settle', contributions: [one] } })
  expect(sent('recuse', '近亲属')).toEqual({ path: 'contributions/opinions', body: { opinions: [{ contribution: 'c', recused: true, note: '近亲属' }] } })
  expect(sent('against', '未见成效')).toEqual({ path: 'contributions/opinions', body: { opinions: [{ contribution: 'c', agree: false, note: '未见成效' }] } })
})
