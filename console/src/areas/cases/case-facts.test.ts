// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { i18n } from '@/app/i18n'
import CaseClocks from './CaseClocks.vue'
import CaseFacts from './CaseFacts.vue'
import CaseProcedure from './CaseProcedure.vue'
import type { Case } from './cases'

const nothing = { disputed_at: null, settled_at: null, by_superior: false, competence: null, other_bureau: '', transfer: null, sent_at: null, received_at: null, receipt: '' }
const PROCEDURE = {
  parties: { has_agent: true, mandate: false, together: 0, representatives: 0, identity: null }, supplements: [], declined: [], mediator: null, appointments: [], recusals: [], routes: [], form: null, filed_until: null, competence: nothing,
  reward: null, archive: null, published_at: null, unpublished_at: null, withheld_until: null, objections: [], redone: false, linked: [], merged_from: [],
}
const item = (changes: object = {}): Case => ({
  code: 'c', number: '2026-滨河-投-000001', kind: 'complaint', status: 'accepted', trader: '某家电经营部', trader_address: '滨河路 8 号', goods: '电热水壶', amount: '1299.00', request: '退货退款', channel: 'hotline', received_at: '2026-06-01T01:00:00Z',
  first_received_at: null, intake_unit_name: '12315中心', unit: 'S01', handler: 'P2', entrusted_to: null, returns: 1, real_name: false, outcome: null, recovered: '0', perform_by: null, nature: null, penalised: false, fined: null, satisfaction: null, mediator: null,
  consumer: '示范甲', phone: '13800000001', address: '示范路 1 号', id_number: '', agent: { name: '示范代理人', phone: '', address: '', id_number: '', powers: 'special' }, together: [], consents: [], signs: [], related: [], deadlines: [], procedure: PROCEDURE, ...changes,
}) as unknown as Case
const shown = (what: typeof CaseFacts | typeof CaseClocks | typeof CaseProcedure, changes: object = {}): string => mount(what as typeof CaseFacts, { props: { item: item(changes) }, global: { plugins: [i18n], stubs: { RouterLink: { template: '<a :href="to"><slot /></a>', props: ['to'] } } } }).html()

beforeEach(() => { setActivePinia(createPinia()) })

test('a case tells what it is about, what is asked for, how it came in and who acts for whom', () => {
  const html = shown(CaseFacts)
  for (const told of ['某家电经营部', '滨河路 8 号', '电热水壶', '1,299.00', '退货退款', '13800000001', '示范路 1 号', '示范代理人', '未交授权委托书', '退单 1 次', '12315中心']) expect(html).toContain(told)
})

test('who may not see who complained is told nobody, and no empty line of it', () => {
  const html = shown(CaseFacts, { consumer: '', phone: '', address: '', agent: null, request: '', goods: '', amount: null })
  for (const hidden of ['消费者姓名', '代理人', '诉求', '涉案金额']) expect(html).not.toContain(hidden)
})

test('what prompts a closer look and the cases that belong to it stand at the case', () => {
  const html = shown(CaseFacts, { signs: [{ sign: 'frequency', zh: '短期内多次投诉', cases: 5 }], related: [{ relation: 'linked', case: 'r', number: '2026-滨河-举-000002', kind: 'report', status: 'registered' }] })
  expect(html).toContain('不能据此不予受理')
  expect(html).toContain('含本件 5 件')
  expect(html).toContain('href="/cases/r"')
  expect(html).toContain('2026-滨河-举-000002')
})

const clock = { name: 'accept', start: '2026-06-01', due: '2026-06-10', done: null, regime: '令121', article: '第15条', state: 'running', days: 7, counted: 'working', extended: true, pauses: [['2026-06-03', null]], provisional: true, unit: 'S01', handler: 'P2', others: [{ reading: 'supplement_pauses', zh: '补正期间不计入', due: '2026-06-15', article: '第12条' }] }
test('a deadline tells from when it is counted, what is not, and the day by another reading of the law', () => {
  const html = shown(CaseClocks, { deadlines: [clock] })
  for (const told of ['令121 第15条', '起算，首日不计', '不计入', '补正期间不计入：', '暂定', '已延长']) expect(html).toContain(told)
})

test('what lacks, when the parties meet, whether a recusal is decided and the ways that stay open are told; without any there is no such part', () => {
  const html = shown(CaseProcedure, {
    mediator: 'P2', consents: [{ matter: 'mediation', party: 'consumer' }],
    procedure: {
      ...PROCEDURE, declined: ['trader'], supplements: [{ asked_at: '2026-06-02T01:00:00Z', materials: ['identity', 'mandate'], supply_by: '2026-06-08', supplied_at: null, lacking: ['mandate'] }],
      appointments: [{ appointed_for: '2026-06-09T01:30:00Z', mode: 'on_site', place: '一楼调解室', attendances: [{ party: 'trader', attendance: 'absent', proof: '' }] }],
      recusals: [{ asked_at: '2026-06-05T01:00:00Z', asked_by: 'trader', of: 'P2', decided_at: null, granted: null }], routes: [{ route: 'court', zh: '向人民法院提起诉讼' }],
    },
  })
  for (const told of ['还缺', '一楼调解室', '待决定，调解中止', '向人民法院提起诉讼']) expect(html).toContain(told)
  expect(shown(CaseProcedure)).toBe('<!--v-if-->')
})
