"""The declarations service: what was done comes in and is decided step by step, facts go out."""

from functools import partial

from nameko.timer import timer

from services.declarations.domain.permissions import may_read_trail
from services.declarations.storage import projections
from services.declarations.storage.reminding import not_reminded
from services.declarations.usecases import bureau_rules, plausible_bounds, publications, reconciliation, replay
from services.declarations.usecases.appeals import deciding, filing
from services.declarations.usecases.appeals import reading as reading_appeals
from services.declarations.usecases.campaigns import ballots, calibrate, closing, opening, planning, withdrawing
from services.declarations.usecases.campaigns import reading as reading_campaigns
from services.declarations.usecases.checks import announce, case_vetoes, drawing, inspecting, undoing
from services.declarations.usecases.checks import reading as reading_checks
from services.declarations.usecases.checks import vetoes as deciding_vetoes
from services.declarations.usecases.contributions import panel, reconsidering
from services.declarations.usecases.contributions import reading as reading_contributions
from services.declarations.usecases.contributions import steps as contributing
from services.declarations.usecases.evidence import files, referring
from services.declarations.usecases.forms import showing, taking_back
from services.declarations.usecases.inbox import to_dos
from services.declarations.usecases.orders import decisions, improvements, leads
from services.declarations.usecases.orders import inquiries as asking
from services.declarations.usecases.orders import reading as reading_orders
from services.declarations.usecases.orders import steps as ordering
from services.declarations.usecases.review import (
    bulk_assess,
    conversations,
    decide,
    declare,
    delegating,
    handing_up,
    late_consents,
    lateness,
    lying,
    mine,
    notices,
    reading,
    reminding,
    timetables,
    told_from_outside,
    ways_back,
)
from services.declarations.usecases.review import due as owed
from services.declarations.usecases.temporary import reading as reading_work
from services.declarations.usecases.temporary import steps as working
from shared import events as told
from shared.actor import system
from shared.audit_reading import reading_trail
from shared.clock import today
from shared.contracts.declarations import (
    appeals,
    calibrations,
    campaigns,
    contributions,
    declarations,
    delegations,
    due,
    evidence,
    forms,
    inquiries,
    inspections,
    order_leads,
    recipients,
    spot_checks,
    task_orders,
    telling,
    temporary_work,
    vetoes,
)
from shared.contracts.declarations import audit_trail as of_trail
from shared.contracts.declarations import bulk_assess as of_bulk_assess
from shared.contracts.declarations import bureau_rules as of_rules
from shared.contracts.declarations import late_consents as of_consents
from shared.contracts.declarations import lateness as of_lateness
from shared.contracts.declarations import notices as of_notices
from shared.contracts.declarations import operating as of_operating
from shared.contracts.declarations import timetables as of_timetables
from shared.contracts.declarations import to_dos as of_to_dos
from shared.operating import telling_operation
from shared.service import Database, NeededSetting, OutboxRelay
from shared.serving import Events, Operations, serves
from shared.timers import going_on

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("declarations", may_read_trail),
    of_operating.tell_operation: telling_operation("declarations"),
    declarations.declare_items: declare.declare_items,
    declarations.verify_declarations: decide.verify_declarations,
    declarations.assess_declarations: decide.assess_declarations,
    declarations.return_declarations: decide.return_declarations,
    declarations.withdraw_declarations: ways_back.withdraw_declarations,
    declarations.take_back_decisions: ways_back.take_back_decisions,
    declarations.list_declarations: reading.list_declarations,
    declarations.get_declaration: reading.get_declaration,
    due.list_due: owed.list_due,
    due.list_mine: mine.list_mine,
    of_bulk_assess.preview_clearing: bulk_assess.preview_clearing,
    of_bulk_assess.clear_declarations: bulk_assess.clear_declarations,
    of_bulk_assess.record_declarations: decide.record_declarations,
    of_bulk_assess.record_period: bulk_assess.record_period,
    of_timetables.set_timetable: timetables.set_timetable,
    of_timetables.get_timetable: timetables.get_timetable,
    of_consents.ask_consents: late_consents.ask_consents,
    of_consents.answer_consents: late_consents.answer_consents,
    of_consents.list_consents: late_consents.list_consents,
    of_lateness.list_lateness: lateness.list_lateness,
    of_lateness.sum_lateness: lateness.sum_lateness,
    of_lateness.list_lying: lying.list_lying,
    delegations.delegate: delegating.delegate,
    delegations.hand_up: handing_up.hand_up,
    delegations.end_delegation: delegating.end_delegation,
    delegations.list_delegations: delegating.list_delegations,
    of_notices.list_notices: notices.list_notices,
    of_notices.read_notices: notices.read_notices,
    of_to_dos.list_to_dos: to_dos.list_to_dos,
    of_to_dos.list_done: to_dos.list_done,
    evidence.reserve_evidence: files.reserve_evidence,
    evidence.keep_evidence: files.keep_evidence,
    evidence.drop_evidence: files.drop_evidence,
    evidence.forget_evidence: files.forget_evidence,
    evidence.list_to_clear: files.list_to_clear,
    evidence.get_evidence: files.get_evidence,
    evidence.attach_evidence: referring.attach_evidence,
    evidence.list_attached: referring.list_attached,
    forms.read_form: showing.read_form,
    forms.take_form: taking_back.take_form,
    telling.replay_state: replay.replay_state,
    telling.tally_states: reconciliation.tally_states,
    task_orders.issue_orders: ordering.issue_orders,
    task_orders.list_orders: reading_orders.list_orders,
    task_orders.get_order: reading_orders.get_order,
    task_orders.accept_orders: ordering.accept_orders,
    task_orders.refuse_orders: ordering.refuse_orders,
    task_orders.note_progress: ordering.note_progress,
    task_orders.complete_orders: ordering.complete_orders,
    task_orders.insist_on_orders: decisions.insist_on_orders,
    task_orders.send_back_orders: decisions.send_back_orders,
    task_orders.postpone_orders: decisions.postpone_orders,
    task_orders.judge_orders: decisions.judge_orders,
    task_orders.take_back_orders: ordering.take_back_orders,
    task_orders.withdraw_orders: decisions.withdraw_orders,
    order_leads.list_leads_to_order: leads.list_leads_to_order,
    order_leads.order_lead: leads.order_lead,
    inquiries.ask_about_orders: asking.ask_about_orders,
    inquiries.list_inquiries: asking.list_inquiries,
    inquiries.answer_inquiries: asking.answer_inquiries,
    inquiries.close_inquiries: asking.close_inquiries,
    temporary_work.report_works: working.report_works,
    temporary_work.list_works: reading_work.list_works,
    temporary_work.get_work: reading_work.get_work,
    temporary_work.list_temporary_work: reading_work.list_temporary_work,
    temporary_work.confirm_works: working.confirm_works,
    temporary_work.withdraw_works: working.withdraw_works,
    temporary_work.take_back_confirmations: working.take_back_confirmations,
    temporary_work.assess_works: working.assess_works,
    contributions.declare_contributions: contributing.declare_contributions,
    contributions.list_contributions: reading_contributions.list_contributions,
    contributions.get_contribution: reading_contributions.get_contribution,
    contributions.screen_contributions: contributing.screen_contributions,
    contributions.withdraw_contributions: contributing.withdraw_contributions,
    contributions.take_back_screenings: reconsidering.take_back_screenings,
    contributions.answer_shares: contributing.answer_shares,
    contributions.give_opinions: panel.give_opinions,
    contributions.settle_contributions: panel.settle_contributions,
    campaigns.open_campaigns: opening.open_campaigns,
    campaigns.list_campaigns: reading_campaigns.list_campaigns,
    campaigns.get_campaign: reading_campaigns.get_campaign,
    campaigns.cast_ballots: ballots.cast_ballots,
    campaigns.close_campaigns: closing.close_campaigns,
    campaigns.take_back_campaigns: withdrawing.take_back_campaigns,
    campaigns.simulate_campaign: planning.simulate_campaign,
    recipients.cast_with_token: ballots.cast_with_token,
    recipients.read_questionnaire: reading_campaigns.read_questionnaire,
    recipients.issue_tokens: opening.issue_tokens,
    calibrations.calibrate_campaign: calibrate.calibrate_campaign,
    vetoes.propose_vetoes: deciding_vetoes.propose_vetoes,
    vetoes.list_vetoes: deciding_vetoes.list_vetoes,
    vetoes.confirm_vetoes: deciding_vetoes.confirm_vetoes,
    vetoes.lift_vetoes: deciding_vetoes.lift_vetoes,
    spot_checks.announce_spot_check: announce.announce_spot_check,
    spot_checks.list_spot_checks: reading_checks.list_spot_checks,
    spot_checks.check_on_the_spot: drawing.check_on_the_spot,
    spot_checks.get_spot_check: reading_checks.get_spot_check,
    spot_checks.get_draw: reading_checks.get_draw,
    spot_checks.draw_spot_check: drawing.draw_spot_check,
    spot_checks.close_spot_check: drawing.close_spot_check,
    spot_checks.cancel_spot_check: drawing.cancel_spot_check,
    spot_checks.list_corrections: reading_checks.list_corrections,
    inspections.list_inspections: reading_checks.list_inspections,
    inspections.record_findings: inspecting.record_findings,
    inspections.take_back_findings: undoing.take_back_findings,
    inspections.recuse_inspectors: inspecting.recuse_inspectors,
    inspections.name_inspectors: inspecting.name_inspectors,
    appeals.file_appeals: filing.file_appeals,
    appeals.list_appeals: reading_appeals.list_appeals,
    appeals.get_appeal: reading_appeals.get_appeal,
    appeals.decide_appeals: deciding.decide_appeals,
    appeals.withdraw_appeals: filing.withdraw_appeals,
    appeals.get_appeal_terms: filing.get_appeal_terms,
    appeals.list_appeal_terms: filing.list_appeal_terms,
    appeals.set_appeal_terms: filing.set_appeal_terms,
    of_rules.set_bureau_rule: bureau_rules.set_bureau_rule,
    of_rules.list_bureau_rules: bureau_rules.list_bureau_rules,
    of_rules.set_plausible_bounds: plausible_bounds.set_plausible_bounds,
    of_rules.list_plausible_bounds: plausible_bounds.list_plausible_bounds,
}
EVENTS: Events = {
    told.UnitChanged: projections.keep_units,
    told.PersonChanged: projections.keep_persons,
    told.CycleChanged: projections.keep_cycles,
    told.IndicatorChanged: projections.keep_indicators,
    told.ClaimChanged: projections.keep_claims,
    told.ClaimChangedV1: projections.keep_claims,
    told.AttendanceMonthChanged: partial(projections.keep_figures, source="attendance"),
    told.AttendanceNotice: told_from_outside.keep_attendance_notices,
    told.CaseNotice: told_from_outside.keep_case_notices,
    told.DeviceAlarm: told_from_outside.keep_device_alarms,
    told.VetoProposed: case_vetoes.take_proposals,
    told.CaseFiguresChanged: partial(projections.keep_figures, source="complaints"),
    told.ScoresPublished: publications.take_runs,
    told.ScoresPublishedV1: publications.take_runs,
    told.ConversationChanged: conversations.take_conversations,
    told.ImprovementChanged: improvements.take_improvements,
    told.LeadRaised: leads.take_leads,
}


@serves(OPERATIONS, EVENTS)
class DeclarationsService:
    name = "declarations"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals the ballots

    @timer(interval=300)  # seconds; each cycle's day is claimed once
    def remind(self) -> None:
        with self.database.begin(system("")) as session:
            waiting = not_reminded(session, on := today())
        for bureau, cycle in waiting:
            with going_on(bureau, cycle=cycle), self.database.begin(system(bureau)) as session:
                reminding.remind(session, bureau, cycle, on)
