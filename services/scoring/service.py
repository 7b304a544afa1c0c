"""The scoring service: facts in, explained scores out."""

from services.scoring import errands
from services.scoring.domain.permissions import may_read_trail
from services.scoring.storage.findings import keep_findings
from services.scoring.storage.leaves import keep_leave
from services.scoring.unfinished import UnfinishedJobs
from services.scoring.usecases import (
    advising,
    bureau_rules,
    comparing,
    conversations,
    conversations_before,
    exporting,
    feedback,
    given_numbers,
    grading,
    improvements,
    jobs,
    matrix,
    overviews,
    projections,
    proposing,
    publishing,
    report_texts,
    runs,
    selecting,
    standings,
    waiting,
)
from shared import events
from shared.audit_reading import reading_trail
from shared.contracts.scoring import (
    advice,
    comparisons,
    designs,
    explanations,
    exports,
    grades,
    insights,
    reports,
    results,
    selections,
)
from shared.contracts.scoring import audit_trail as of_trail
from shared.contracts.scoring import bureau_rules as of_rules
from shared.contracts.scoring import conversations as of_conversations
from shared.contracts.scoring import conversations_before as of_talks
from shared.contracts.scoring import improvements as of_improvements
from shared.contracts.scoring import jobs as of_jobs
from shared.contracts.scoring import operating as of_operating
from shared.contracts.scoring import overviews as of_overviews
from shared.contracts.scoring import report_texts as of_texts
from shared.contracts.scoring import runs as of_runs
from shared.contracts.scoring import standings as of_standings
from shared.contracts.scoring import waiting as of_waiting
from shared.operating import telling_operation
from shared.service import Database, OutboxRelay
from shared.serving import Errands, Events, Operations, serves

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("scoring", may_read_trail),
    of_operating.tell_operation: telling_operation("scoring"),
    of_standings.list_standing: standings.list_standing,
    advice.advise: advising.advise,
    insights.read_matrix: matrix.read_matrix,
    of_waiting.list_waiting: waiting.list_waiting,
    of_waiting.assume_waiting: waiting.assume_waiting,
    of_standings.count_facts: standings.count_what_arrived,
    of_standings.compose_score: given_numbers.compose_score,
    of_overviews.get_overview: overviews.get_overview,
    explanations.explain_standing: standings.explain_standing,
    explanations.explain_score: runs.explain_score,
    of_runs.list_runs: runs.list_runs,
    of_runs.read_run: runs.read_run,
    of_runs.approve_run: runs.approve_run,
    comparisons.compare_runs: comparing.compare_runs,
    of_runs.list_scores: runs.list_scores,
    of_runs.list_ranking: runs.list_ranking,
    of_jobs.list_jobs: jobs.list_jobs,
    of_jobs.read_job: jobs.read_job,
    exports.list_points: exporting.list_points,
    exports.list_explanations: exporting.list_explanations,
    selections.list_selection: selecting.list_selection,
    of_rules.set_bureau_rule: bureau_rules.set_bureau_rule,
    of_rules.list_bureau_rules: bureau_rules.list_bureau_rules,
    results.read_publication: publishing.read_publication,
    results.change_publication: publishing.change_publication,
    results.read_feedback: feedback.read_feedback,
    results.list_commendations: feedback.list_commendations,
    of_conversations.ask_conversation: conversations.ask_conversation,
    of_conversations.draft_conversation: conversations.draft_conversation,
    of_conversations.revise_conversation: conversations.revise_conversation,
    of_conversations.offer_conversation: conversations.offer_conversation,
    of_conversations.return_conversation: conversations.return_conversation,
    of_conversations.confirm_conversation: conversations.confirm_conversation,
    of_conversations.read_conversation: conversations.read_conversation,
    of_conversations.list_conversations: conversations.list_conversations,
    of_talks.ask_talk: conversations_before.ask_talk,
    of_talks.draft_talk: conversations_before.draft_talk,
    of_talks.revise_talk: conversations_before.revise_talk,
    of_talks.offer_talk: conversations_before.offer_talk,
    of_talks.return_talk: conversations_before.return_talk,
    of_talks.confirm_talk: conversations_before.confirm_talk,
    of_talks.read_talk: conversations_before.read_talk,
    of_talks.list_talks: conversations_before.list_talks,
    of_improvements.propose_improvement: improvements.propose_improvement,
    of_improvements.order_improvement: improvements.order_improvement,
    of_improvements.drop_improvement: improvements.drop_improvement,
    of_improvements.withdraw_improvement: improvements.withdraw_improvement,
    of_improvements.list_improvements: improvements.list_improvements,
    of_improvements.report_problem: proposing.report_problem,
    of_improvements.list_problems: proposing.list_problems,
    of_texts.write_report_text: report_texts.write_report_text,
    of_texts.read_report_text: report_texts.read_report_text,
    of_texts.list_report_texts: report_texts.list_report_texts,
    grades.propose_grades: grading.propose_grades,
    grades.decide_grades: grading.decide_grades,
    grades.confirm_grade: grading.confirm_grade,
    grades.settle_grade: grading.settle_grade,
    grades.list_grades: grading.list_grades,
}
ERRANDS: Errands = {
    of_runs.freeze_run: errands.freeze_run,
    of_jobs.start_run: errands.start_run,
    of_runs.recompute_run: errands.recompute_run,
    of_runs.replay_state: errands.replay_state,
    results.publish_run: errands.publish_run,
    selections.assess_seats: errands.computed("seats", errands.watches),
    insights.read_series: errands.read_series,
    reports.read_report: errands.computed("report", errands.reads_report),
    designs.try_changes: errands.computed("what_if", errands.watches),
    designs.assess_design: errands.computed("design", errands.watches),
    designs.compare_self_scores: errands.computed("self_scores", errands.watches),
}
EVENTS: Events = {
    events.UnitChanged: projections.keep_units,
    events.PersonChanged: projections.keep_persons,
    events.CycleChanged: projections.keep_cycles,
    events.ModelChanged: projections.keep_models,
    events.IndicatorChanged: projections.keep_indicators,
    events.ClaimChanged: projections.keep_claims,
    events.ClaimChangedV1: projections.keep_claims,
    events.DeclarationChanged: projections.keep_declarations,
    events.TaskOrderChanged: projections.keep_task_orders,
    events.ContributionChanged: projections.keep_contributions,
    events.EvaluationChanged: projections.keep_evaluations,
    events.EvaluationChangedV1: projections.keep_evaluations,
    events.VetoChanged: projections.keep_vetoes,
    events.AttendanceMonthChanged: keep_leave,
    events.FindingsChanged: keep_findings,
}


@serves(OPERATIONS, EVENTS, errands=ERRANDS)
class ScoringService:
    name = "scoring"
    database = Database()
    relay = OutboxRelay()
    unfinished = UnfinishedJobs()
