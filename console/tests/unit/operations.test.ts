import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { operations, sources, users } from './asked'

/** Why no file of the console asks for an operation in words that can be found. */
const ELSEWHERE: Record<string, readonly string[]> = {
  'asked for by a path that is put together of a step or a rule': [
    'conversations_offer_conversation', 'conversations_return_conversation', 'conversations_confirm_conversation', 'conversations_before_offer_talk', 'conversations_before_return_talk', 'conversations_before_confirm_talk',
    'cases_restart_cases', 'cases_lead_cases', 'cases_check_lead_cases', 'cases_send_to_trader_cases', 'cases_trader_answered_cases', 'cases_withdraw_cases', 'declaration_rules_set_bureau_rule', 'scoring_rules_set_bureau_rule',
    'exports_export_scores', 'exports_export_points', 'exports_export_explanations', 'live_stream_changes', 'entry_pictures_copy_picture', 'entry_pictures_count_picture_pages', 'entry_pictures_download_picture',
    'case_attachments_count_attachment_pages', 'case_attachments_preview_attachment',
  ],
  'other systems ask for it, or the browser is led to it': ['oidc_come_back', 'open_requests_discover', 'open_requests_list_services', 'open_requests_show_service', 'open_requests_list_requests', 'open_requests_show_request', 'exports_export_standing'],
  'the installation’s operator does it': ['organisation_list_bureaus', 'organisation_create_bureau'],
  'a view of the gateway asks for it and tells it with what it gives': ['lateness_list_lying', 'temporary_work_list_temporary_work'],
  'its page uses another that does the same for several, as a job, or with more': [
    'allocations_propose_allocations', 'generation_generate_targets', 'target_jobs_read_job', 'case_imports_read_import', 'run-jobs_read_job', 'runs_freeze_run', 'cases_take_steps', 'campaigns_cast_ballot', 'campaigns_close_campaign', 'recipients_issue_tokens',
    'indicators_get_indicator', 'appeals_get_appeal', 'declarations_clearing_record_declarations', 'report_texts_read_report_text', 'case_reports_show_bulletin', 'selections_list_selection', 'cases_count_cases', 'models_withdraw_model',
    'attendance_months_list_figures', 'case_figures_list_figures', 'case_figures_list_facts', 'standings_compose_score', 'insights_read_matrix', 'insights_read_series',
  ],
}
const ROOT = resolve(import.meta.dirname, '../../..')
const all = operations(readFileSync(resolve(ROOT, 'console/src/api/schema.d.ts'), 'utf8'))
const files = [...sources(resolve(ROOT, 'console/src')), ...sources(resolve(ROOT, 'gateway/web'), false)]

test('every operation of the API has a page of the console, or stands here with the reason why not', () => {
  expect(all.length).toBeGreaterThan(500)
  const unused = all.filter((one) => !users(files, one).length).map((one) => one.id)
  expect(unused.sort()).toEqual(Object.values(ELSEWHERE).flat().sort())
})

test('what a page asks for is found, whether its path is written out, begins elsewhere or is chosen among words', () => {
  const asks = (id: string): string[] => users(files, all.find((one) => one.id === id) ?? { method: '', path: '', id }).map((one) => one.file.replace(/.*\//, ''))
  expect(asks('inquiries_answer_inquiries')).toEqual(['inquiries.ts'])
  expect(asks('persons_recall_person')).toEqual(['organisation.ts'])
  expect(asks('vetoes_lift_vetoes')).toEqual(['VetoDetail.vue'])
  expect(asks('line_allocations_set_line_allocations')).toEqual(['LineShares.vue'])
})
