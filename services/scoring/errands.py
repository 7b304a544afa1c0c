"""Operations that open their transactions themselves: what they wait for is computed by a worker process meanwhile."""

from collections.abc import Callable
from typing import Any

from services.scoring.domain.permissions import may_read_report, oversees
from services.scoring.unfinished import work_on
from services.scoring.usecases import jobs, replay, runs, series
from services.scoring.usecases.guards import need
from services.scoring.workers import workers_of
from shared.actor import Actor
from shared.contracts.scoring.commands.insights import SeriesQuery
from shared.contracts.scoring.commands.reports import ReportQuery
from shared.contracts.scoring.commands.results import Publishing
from shared.contracts.scoring.commands.runs import NewRun
from shared.contracts.scoring.commands.scores import OneRun
from shared.contracts.scoring.commands.shapes import Empty
from shared.database import Sessions

Row = dict[str, Any]
Errand = Callable[[Sessions, Actor, Row], Row]


def freeze_run(sessions: Sessions, actor: Actor, command: NewRun) -> Row:
    """Have a worker freeze the cycle and return the run; other requests are served meanwhile."""
    with sessions.begin(actor) as session:
        job = jobs.ask_for_run(session, actor, command)
    frozen = _outcome(sessions, actor, job)
    with sessions.begin(actor) as session:
        return runs.read_run(session, actor, {"run": frozen["run"]})


def start_run(sessions: Sessions, actor: Actor, command: NewRun) -> Row:
    """Have a worker freeze the cycle and return the job to watch."""
    with sessions.begin(actor) as session:
        job = jobs.ask_for_run(session, actor, command)
    work_on(sessions, job["job"], actor)
    return job


def recompute_run(sessions: Sessions, actor: Actor, command: OneRun) -> Row:
    """Have a worker score the stored inputs again and return the verdict."""
    with sessions.begin(actor) as session:
        job = jobs.ask_for_recomputation(session, actor, command)
    return _outcome(sessions, actor, job)


def publish_run(sessions: Sessions, actor: Actor, command: Publishing) -> Row:
    """Publish a run; what everyone reached is told by a worker afterwards."""
    with sessions.begin(actor) as session:
        published, job = jobs.publish_run(session, actor, command)
    work_on(sessions, job["job"], actor)
    return published


def replay_state(sessions: Sessions, actor: Actor, command: Empty) -> Row:
    """Tell the state of every run, and what everyone reached in those published last."""
    with sessions.begin(actor) as session:
        told = replay.replay_state(session, actor, command)
    results = workers_of(sessions).ask("tell_all_results", actor, {})
    return {**told, "sent": told["sent"] + results["told"]}


def read_series(sessions: Sessions, actor: Actor, query: SeriesQuery) -> Row:
    """Have a worker reckon the months, for whom they may be told."""
    with sessions.begin(actor) as session:
        series.check_reader(session, actor, query)
    return workers_of(sessions).ask("series", actor, query)


def watches(actor: Actor, _: Any) -> bool:
    """Tell whether a worker computes for this actor what those who watch over all ask for."""
    return oversees(actor)


def reads_report(actor: Actor, query: ReportQuery) -> bool:
    """Tell whether a worker puts this report together for the actor."""
    return may_read_report(actor, query["scope"], query["target"])


def computed(task: str, may: Callable[[Actor, Any], bool]) -> Errand:
    """Return the errand that a worker does whole (worker.py), for whom ``may`` lets; nobody else makes a worker run."""

    def errand(sessions: Sessions, actor: Actor, command: Row) -> Row:
        need(may(actor, command))
        return workers_of(sessions).ask(task, actor, command)

    return errand


def _outcome(sessions: Sessions, actor: Actor, job: Row) -> Row:
    workers_of(sessions).ask("job", actor, {"job": job["job"]})
    with sessions.begin(actor) as session:
        return jobs.outcome(session, actor, job["job"])
