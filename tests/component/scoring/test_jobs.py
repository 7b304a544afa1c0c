"""Runs computed in worker processes: complete inputs only, progress, and nothing lost by a worker's death."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from services.scoring import workers
from services.scoring.service import ScoringService
from services.scoring.storage.arrived import arrived
from services.scoring.unfinished import take_up
from services.scoring.usecases import jobs
from services.scoring.workers import stop_workers, workers_of
from shared.errors import Conflict, Forbidden, Invalid, Unavailable
from shared.settings import Settings, settings
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, declaration_state, states_of

OFFICE, AUDITOR = actor("office"), actor("auditor")


@pytest.fixture
def service(scoring: Scoring, world: dict[str, Any]) -> Iterator[ScoringService]:
    scoring.take(states_of(world))
    scoring.assume_all()
    one = ScoringService()
    one.database = scoring.sessions
    yield one
    stop_workers()


def counts(scoring: Scoring) -> dict[str, Any]:
    with scoring.sessions.begin(OFFICE) as session:
        return arrived(session, BUREAU, "2026")


def test_a_run_is_frozen_in_a_worker_and_says_that_its_facts_were_checked(
    service: ScoringService, scoring: Scoring
) -> None:
    run = service.freeze_run(OFFICE, {"cycle": "2026", "expected": counts(scoring)})
    assert (run["status"], run["facts_checked"], run["newer_states"]) == ("frozen", True, False)
    assert run["frozen_by"] == OFFICE.account
    assert run["input_hash"] == scoring.freeze()["input_hash"]  # the same as without a worker
    (job,) = service.list_jobs(AUDITOR, {"cycle": "2026"})["items"]
    assert (job["status"], job["done"], job["result"]) == ("done", job["total"], {"run": run["run"]})
    assert job["total"] == run["subjects"]


def test_a_fact_still_on_its_way_is_waited_for(
    service: ScoringService, scoring: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = declaration_state(world["declarations"][0], revision=4)
    before = counts(scoring)
    scoring.take([late])
    expected = counts(scoring)
    with scoring.sessions.engine.begin() as connection:  # as if it had not come yet
        connection.execute(text("UPDATE scoring.fact SET revision = 3 WHERE fact = :code"), {"code": late.declaration})
    assert counts(scoring) == before
    job = service.start_run(OFFICE, {"cycle": "2026", "expected": expected})
    time.sleep(1.5)
    assert service.read_job(AUDITOR, {"job": job["job"]})["status"] in ("queued", "running")
    scoring.take([late])
    assert _finished(service, job["job"])["status"] == "done"


def test_facts_that_do_not_come_are_named_and_nothing_is_frozen(
    scoring: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.take(states_of(world))
    expected = counts(scoring)
    expected["declaration"] = {**expected["declaration"], "states": "9999"}
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    with scoring.sessions.begin(OFFICE) as session:
        job = jobs.ask_for_run(session, OFFICE, {"cycle": "2026", "expected": expected})
    jobs.do_job(scoring.sessions, OFFICE, {"job": job["job"]})
    with scoring.sessions.begin(OFFICE) as session, pytest.raises(Conflict, match=r"run\.facts_missing") as refused:
        jobs.outcome(session, OFFICE, job["job"])
    (entry,) = refused.value.errors
    assert entry["field"] == "declaration"
    assert "应有 9999 条" in entry["zh"]
    with scoring.sessions.begin(OFFICE) as session:
        assert session.execute(text("SELECT count(*) FROM scoring.run")).scalar() == 0


def test_without_the_owners_counts_or_the_role_nothing_is_asked_for(service: ScoringService, scoring: Scoring) -> None:
    with pytest.raises(Invalid, match=r"run\.tallies_missing"):
        service.freeze_run(OFFICE, {"cycle": "2026"})
    whole = counts(scoring)
    without = {kind: one for kind, one in whole.items() if kind != "veto"}
    with pytest.raises(Invalid, match=r"run\.tallies_incomplete"):
        service.freeze_run(OFFICE, {"cycle": "2026", "expected": without})
    with pytest.raises(Forbidden):
        service.start_run(AUDITOR, {"cycle": "2026", "expected": whole})
    with pytest.raises(Forbidden):
        service.list_jobs(actor("staff", person="P01"), {"cycle": "2026"})


def test_a_job_whose_worker_was_killed_is_taken_up_and_done_once(
    service: ScoringService, scoring: Scoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scoring.sessions.begin(OFFICE) as session:
        job = jobs.ask_for_run(session, OFFICE, {"cycle": "2026", "expected": counts(scoring)})
    worker = workers_of(scoring.sessions)._worker()
    worker.kill()
    worker.wait()
    workers_of(scoring.sessions)._idle.append(worker)
    assert take_up(scoring.sessions) == 0  # too young: somebody is surely at it
    monkeypatch.setattr(jobs, "ORPHANED", timedelta(0))
    assert take_up(scoring.sessions) == 1
    assert service.read_job(AUDITOR, {"job": job["job"]})["status"] == "done"
    assert take_up(scoring.sessions) == 0
    assert len(service.list_runs(AUDITOR, {"cycle": "2026"})["items"]) == 1


def test_two_workers_at_one_job_do_it_once(service: ScoringService, scoring: Scoring) -> None:
    job = service.start_run(OFFICE, {"cycle": "2026", "expected": counts(scoring)})
    for _ in range(3):
        workers_of(scoring.sessions).ask("job", OFFICE, {"job": job["job"]})
    _finished(service, job["job"])
    assert len(service.list_runs(AUDITOR, {"cycle": "2026"})["items"]) == 1


def test_a_worker_that_dies_over_a_task_is_told_and_the_next_task_gets_another(
    service: ScoringService, scoring: Scoring
) -> None:
    run = scoring.freeze()["run"]
    workers = workers_of(scoring.sessions)
    worker = workers._worker()
    worker.kill()
    workers._worker = lambda: worker  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match=r"worker\.interrupted"):
        service.recompute_run(AUDITOR, {"run": run})
    del workers._worker  # type: ignore[method-assign]
    assert service.recompute_run(AUDITOR, {"run": run})["same"]


def _finished(service: ScoringService, job: str) -> dict[str, Any]:
    deadline = time.monotonic() + 30
    while True:
        found = service.read_job(AUDITOR, {"job": job})
        if found["status"] in ("done", "failed") or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def test_a_worker_that_is_busy_at_the_end_is_ended_once_it_has_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = workers.Workers("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    busy: list[Any] = []

    def exchange(worker: Any, _task: str) -> dict[str, Any]:
        busy.append(worker)
        asked.stop()
        return {"result": {}}

    monkeypatch.setattr(workers, "_exchange", exchange)
    assert asked.ask("freeze", OFFICE, {}) == {}
    assert [one.returncode is not None for one in busy] == [True]


def test_a_worker_goes_on_with_the_keys_of_the_trail_that_stand_in_no_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The embedded system's are drawn by itself: without them a worker's changes are refused."""
    keys = f"1:{'k' * 40}"
    monkeypatch.setattr(settings, "_settings", replace(Settings(), audit_keys=keys))
    asked = workers.Workers("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    worker = asked._worker()
    try:
        assert psutil.Process(worker.pid).environ()["KAOHE_AUDIT_KEYS"] == keys
    finally:
        workers._end(worker)
