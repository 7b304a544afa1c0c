"""What everyone reached is told when a run is published: all of it, once a publication, and again whenever it is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from services.scoring.service import ScoringService
from services.scoring.storage.run_details import points_of
from services.scoring.unfinished import take_up
from services.scoring.usecases import jobs, runs
from services.scoring.workers import stop_workers
from shared.actor import Actor, Grant, system
from shared.errors import Forbidden
from shared.events import REGISTRY
from shared.jsontext import loads
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, person_state, states_of

OFFICE, PANEL, LEADER = actor("office"), actor("panel"), actor("leader")
EVENT = REGISTRY["scoring.ResultsChanged.v1"]


@pytest.fixture
def service(scoring: Scoring, world: dict[str, Any]) -> Iterator[ScoringService]:
    scoring.take(states_of(world))
    one = ScoringService()
    one.database = scoring.sessions
    yield one
    stop_workers()


def told(scoring: Scoring) -> list[Any]:
    statement = text("DELETE FROM scoring.outbox WHERE event = :event RETURNING body")
    with scoring.sessions.engine.begin() as connection:
        bodies = connection.execute(statement, {"event": EVENT.wire_name}).scalars().all()
    return [EVENT.load(raw) for body in bodies for raw in loads(body)]


def publish(scoring: Scoring) -> str:
    """A new run through all its steps, without its job being done."""
    run = scoring.freeze()["run"]
    scoring.do(runs.approve_run, PANEL, {"run": run, "chosen": {}})
    with scoring.sessions.begin(LEADER) as session:
        jobs.publish_run(session, LEADER, {"run": run, "visible": {}, "objection_days": 5})
    return str(run)


def do_jobs(scoring: Scoring) -> None:
    with scoring.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE scoring.job SET created_at = created_at - interval '1 minute'"))
    take_up(scoring.sessions)


def test_every_subject_is_told_with_what_was_scored(service: ScoringService, scoring: Scoring) -> None:
    run = publish(scoring)
    assert told(scoring) == []  # nobody has done the job yet; a service that dies here leaves it to the next
    do_jobs(scoring)
    states = {one.subject: one for one in told(scoring)}
    scores = {row["subject"]: row for row in service.list_scores(OFFICE, {"run": run, "limit": 500})["items"]}
    with scoring.sessions.begin(OFFICE) as session:
        points = points_of(session, BUREAU, "2026", run)
    assert states.keys() == scores.keys()
    assert {(one.status, one.revision, one.run, one.by) for one in states.values()} == {
        ("published", 1, run, LEADER.account)
    }
    for subject, state in states.items():
        assert (state.layer, state.unit) == (scores[subject]["layer"], scores[subject]["unit"])
        items = {one.indicator: None if one.points is None else f"{one.points:f}" for one in state.items}
        assert items == points[subject]
    assert any(item.counts for state in states.values() for item in state.items)
    do_jobs(scoring)
    assert told(scoring) == []


def test_a_later_publication_counts_higher_and_withdraws_whom_it_no_longer_has(
    service: ScoringService, scoring: Scoring, world: dict[str, Any]
) -> None:
    assert service
    publish(scoring)
    do_jobs(scoring)
    first = {one.subject for one in told(scoring)}
    gone = next(person_state(one) for one in world["persons"] if one["person"] in first)
    scoring.take([replace(gone, revision=9, assignments=[])])
    second = publish(scoring)
    do_jobs(scoring)
    states = {one.subject: one for one in told(scoring)}
    assert states.keys() == first
    assert {one.revision for one in states.values()} == {2}
    withdrawn = [one.subject for one in states.values() if one.status == "withdrawn"]
    assert withdrawn == [gone.person]
    assert service.replay_state(system(""), {})["sent"] == 2 + len(states)  # the two runs as well
    assert {one.subject: one for one in told(scoring)} == states
    assert {one.run for one in states.values()} == {second}


def test_only_an_operator_has_it_told_again(service: ScoringService) -> None:
    with pytest.raises(Forbidden):
        service.replay_state(OFFICE, {})
    root = Actor("root", "root", "", grants=(Grant("admin", "installation"),))
    assert service.replay_state(root, {})["sent"] == 0
