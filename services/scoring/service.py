"""scoring: facts in, explained scores out. Entrypoints only."""

from typing import Any

from services.scoring import schemas
from services.scoring.entrypoints.grades import GradeEntrypoints
from services.scoring.entrypoints.results import ResultEntrypoints
from services.scoring.unfinished import UnfinishedJobs, work_on
from services.scoring.usecases import comparing, composing, exporting, jobs, keep, replay, runs, selecting, standings
from services.scoring.workers import workers_of
from shared.actor import Actor
from shared.events import (
    ClaimChanged,
    ClaimChangedV1,
    ContributionChanged,
    CycleChanged,
    DeclarationChanged,
    EvaluationChanged,
    EvaluationChangedV1,
    IndicatorChanged,
    ModelChanged,
    PersonChanged,
    TaskOrderChanged,
    UnitChanged,
    VetoChanged,
)
from shared.service import Database, OutboxRelay, on, rpc

Body = dict[str, Any]


class ScoringService(ResultEntrypoints, GradeEntrypoints):
    name = "scoring"
    database = Database()
    relay = OutboxRelay()
    unfinished = UnfinishedJobs()

    @on(UnitChanged)
    def take_units(self, states: list[UnitChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_units(session, states)

    @on(PersonChanged)
    def take_persons(self, states: list[PersonChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_persons(session, states)

    @on(CycleChanged)
    def take_cycles(self, states: list[CycleChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_cycles(session, states)

    @on(ModelChanged)
    def take_models(self, states: list[ModelChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_models(session, states)

    @on(IndicatorChanged)
    def take_indicators(self, states: list[IndicatorChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_indicators(session, states)

    @on(ClaimChanged)
    def take_claims(self, states: list[ClaimChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_claims(session, states)

    @on(ClaimChangedV1)
    def take_claims_v1(self, states: list[ClaimChangedV1]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_claims(session, states)

    @on(DeclarationChanged)
    def take_declarations(self, states: list[DeclarationChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_declarations(session, states)

    @on(TaskOrderChanged)
    def take_task_orders(self, states: list[TaskOrderChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_task_orders(session, states)

    @on(ContributionChanged)
    def take_contributions(self, states: list[ContributionChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_contributions(session, states)

    @on(EvaluationChanged)
    def take_evaluations(self, states: list[EvaluationChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_evaluations(session, states)

    @on(EvaluationChangedV1)
    def take_evaluations_v1(self, states: list[EvaluationChangedV1]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_evaluations(session, states)

    @on(VetoChanged)
    def take_vetoes(self, states: list[VetoChanged]) -> None:
        with self.database.begin_handling(states) as session:
            keep.keep_vetoes(session, states)

    @rpc
    def list_standing(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return standings.list_standing(session, actor, schemas.StandingQuery.read(body))

    @rpc
    def explain_standing(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return standings.explain_standing(session, actor, schemas.StandingSubject.read(body))

    @rpc
    def count_facts(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return standings.count_what_arrived(session, actor, schemas.CycleBody.read(body))

    @rpc
    def compose_score(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return composing.compose_score(session, actor, schemas.Composing.read(body))

    @rpc
    def freeze_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            job = jobs.ask_for_run(session, actor, schemas.NewRun.read(body))
        frozen = self._done(actor, job)
        with self.database.begin(actor) as session:
            return runs.read_run(session, actor, frozen["run"])

    @rpc
    def start_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            job = jobs.ask_for_run(session, actor, schemas.NewRun.read(body))
        work_on(self.database, job["job"], actor)
        return job

    @rpc
    def read_job(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return jobs.read_job(session, actor, schemas.JobKey.read(body)["job"])

    @rpc
    def list_jobs(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return jobs.list_jobs(session, actor, schemas.RunsQuery.read(body))

    @rpc
    def approve_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            command = schemas.Approval.read(body)
            return runs.approve_run(session, actor, command["run"], command["chosen"])

    @rpc
    def recompute_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            job = jobs.ask_for_recomputation(session, actor, schemas.RunKey.read(body)["run"])
        return self._done(actor, job)

    @rpc
    def compare_runs(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return comparing.compare_runs(session, actor, schemas.ComparisonQuery.read(body))

    @rpc
    def list_runs(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return runs.list_runs(session, actor, schemas.RunsQuery.read(body))

    @rpc
    def read_run(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return runs.read_run(session, actor, schemas.RunKey.read(body)["run"])

    @rpc
    def list_scores(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return runs.list_scores(session, actor, schemas.ScoresQuery.read(body))

    @rpc
    def list_points(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return exporting.list_points(session, actor, schemas.ScoresQuery.read(body))

    @rpc
    def list_explanations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return exporting.list_explanations(session, actor, schemas.ScoresQuery.read(body))

    @rpc
    def list_ranking(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return runs.list_ranking(session, actor, schemas.RankingQuery.read(body))

    @rpc
    def list_selection(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return selecting.list_selection(session, actor, schemas.SelectionQuery.read(body))

    @rpc
    def assess_seats(self, actor: Actor, body: Body) -> Body:
        return workers_of(self.database).ask("seats", actor, schemas.SeatsQuery.read(body))

    @rpc
    def try_changes(self, actor: Actor, body: Body) -> Body:
        return workers_of(self.database).ask("what_if", actor, schemas.Trying.read(body))

    @rpc
    def assess_design(self, actor: Actor, body: Body) -> Body:
        return workers_of(self.database).ask("design", actor, schemas.DesignQuery.read(body))

    @rpc
    def compare_self_scores(self, actor: Actor, body: Body) -> Body:
        return workers_of(self.database).ask("self_scores", actor, schemas.CycleBody.read(body))

    @rpc
    def explain_score(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return runs.explain_score(session, actor, schemas.RunSubject.read(body))

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # every rpc takes a body
        with self.database.begin(actor) as session:
            told = replay.replay_state(session, actor)
        results = workers_of(self.database).ask("tell_all_results", actor, {})
        return {**told, "sent": told["sent"] + results["told"]}

    def _done(self, actor: Actor, job: Body) -> Body:
        """What came of ``job``, which a worker process does; other requests are served meanwhile."""
        workers_of(self.database).ask("job", actor, {"job": job["job"]})
        with self.database.begin(actor) as session:
            return jobs.outcome(session, actor, job["job"])
