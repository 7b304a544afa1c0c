import { expect, test } from 'vitest'
import { type Answered, type Inquiry, openOf, ready, request } from './inquiries'

const asked = { inquiry: 'i', revision: 2, order: 'o', status: 'asked' } as Inquiry
const filled = (changes: Partial<Answered> = {}): Answered => ({ text: ' 已办 ', consequence: 'none', deduction: null, veto: '', ...changes })

test('an answer needs words, an end its conclusion and what its consequence names', () => {
  expect([ready('answer', filled()), ready('answer', filled({ text: ' ' })), ready('close', filled())]).toEqual([true, false, true])
  expect([null, {}, { times: '一' }, { times: '1' }].map((deduction) => ready('close', filled({ consequence: 'deduction', deduction: deduction as Answered['deduction'] })))).toEqual([false, false, false, true])
  expect(['', '04-01-01'].map((veto) => ready('close', filled({ consequence: 'veto_proposed', veto })))).toEqual([false, true])
})

test('what a consequence does not name is not sent with it', () => {
  expect(request(asked, 'answer', filled({ veto: 'x' }))).toEqual({ path: 'task-orders/inquiries/answer', body: { inquiries: [{ inquiry: 'i', revision: 2, answer: '已办' }] } })
  expect(request(asked, 'close', filled({ consequence: 'reminder', deduction: { times: '1' }, veto: 'x' })).body).toEqual({ inquiries: [{ inquiry: 'i', revision: 2, consequence: 'reminder', conclusion: '已办' }] })
  expect(request(asked, 'close', filled({ consequence: 'deduction', deduction: { times: '1' } })).body).toMatchObject({ inquiries: [{ deduction: { times: '1' } }] })
})

test('an order has the questions about it that are not closed', () => {
  expect(openOf([asked, { ...asked, inquiry: 'j', status: 'closed' }, { ...asked, order: 'p' }], 'o')).toEqual([asked])
})
