"""The scoring service: facts in, explained scores out."""

from services.scoring import errands
from services.scoring.unfinished import UnfinishedJobs
from services.scoring.usecases import (
    comparing,
    composing,
    exporting,
    feedback,
    grading,
    improving,
    jobs,
    keep,
    proposing,
    publishing,
    runs,
    selecting,
    standings,
    talking,
    waiting,
)
from shared import events
from shared.contracts.scoring import (
    comparisons,
    conversations,
    designs,
    explanations,
    exports,
    grades,
    improvements,
    reports,
    results,
    selections,
)
from shared.contracts.scoring import jobs as of_jobs
from shared.contracts.scoring import runs as of_runs
from shared.contracts.scoring import standings as of_standings
from shared.contracts.scoring import waiting as of_waiting
from shared.service import Database, OutboxRelay
from shared.serving import Errands, Events, Operations, serves

OPERATIONS: Operations = {
    of_standings.list_standing: standings.list_standing,
    of_waiting.list_waiting: waiting.list_waiting,
    of_waiting.assume_waiting: waiting.assume_waiting,
    of_standings.count_facts: standings.count_what_arrived,
    of_standings.compose_score: composing.compose_score,
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
    results.read_publication: publishing.read_publication,
    results.change_publication: publishing.change_publication,
    results.read_feedback: feedback.read_feedback,
    results.list_commendations: feedback.list_commendations,
    conversations.draft_conversation: talking.draft_conversation,
    conversations.revise_conversation: talking.revise_conversation,
    conversations.offer_conversation: talking.offer_conversation,
    conversations.return_conversation: talking.return_conversation,
    conversations.confirm_conversation: talking.confirm_conversation,
    conversations.read_conversation: talking.read_conversation,
    conversations.list_conversations: talking.list_conversations,
    improvements.propose_improvement: improving.propose_improvement,
    improvements.order_improvement: improving.order_improvement,
    improvements.drop_improvement: improving.drop_improvement,
    improvements.withdraw_improvement: improving.withdraw_improvement,
    improvements.list_improvements: improving.list_improvements,
    improvements.report_problem: proposing.report_problem,
    improvements.list_problems: proposing.list_problems,
    grades.propose_grades: grading.propose_grades,
    grades.decide_grades: grading.decide_grades,
    grades.confirm_grade: grading.confirm_grade,
    grades.list_grades: grading.list_grades,
}
ERRANDS: Errands = {
    of_runs.freeze_run: errands.freeze_run,
    of_jobs.start_run: errands.start_run,
    of_runs.recompute_run: errands.recompute_run,
    of_runs.replay_state: errands.replay_state,
    results.publish_run: errands.publish_run,
    selections.assess_seats: errands.computed("seats"),
    reports.read_report: errands.computed("report"),
    designs.try_changes: errands.computed("what_if"),
    designs.assess_design: errands.computed("design"),
    designs.compare_self_scores: errands.computed("self_scores"),
}
EVENTS: Events = {
    events.UnitChanged: keep.keep_units,
    events.PersonChanged: keep.keep_persons,
    events.CycleChanged: keep.keep_cycles,
    events.ModelChanged: keep.keep_models,
    events.IndicatorChanged: keep.keep_indicators,
    events.ClaimChanged: keep.keep_claims,
    events.ClaimChangedV1: keep.keep_claims,
    events.DeclarationChanged: keep.keep_declarations,
    events.TaskOrderChanged: keep.keep_task_orders,
    events.ContributionChanged: keep.keep_contributions,
    events.EvaluationChanged: keep.keep_evaluations,
    events.EvaluationChangedV1: keep.keep_evaluations,
    events.VetoChanged: keep.keep_vetoes,
}


@serves(OPERATIONS, EVENTS, errands=ERRANDS)
class ScoringService:
    name = "scoring"
    database = Database()
    relay = OutboxRelay()
    unfinished = UnfinishedJobs()
