"""What waits on somebody's desk keeps a run from being frozen, until it is assessed or the panel takes it upon itself."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.scoring.service import ScoringService
from services.scoring.usecases import incremental, runs
from services.scoring.workers import stop_workers
from shared.errors import Conflict
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import (
    BUREAU,
    cycle_state,
    declaration_state,
    indicator_state,
    order_state,
    states_of,
)
from tests.properties.scoring.test_narrative import items_of
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

OFFICE = actor("office")


@pytest.fixture
def waiting(world: dict[str, Any]) -> dict[str, Any]:
    """The one declaration of the world that nobody has assessed."""
    settled = [one for one in world["declarations"] if one["status"] not in ("declared", "verified")]
    code = next(one["subject"] for one in settled if one["layer"] == "division" and one["status"] == "assessed")
    chosen = next(one for one in settled if one["subject"] == code and one["status"] == "assessed")
    world["declarations"] = settled
    world["task_orders"] = [one for one in world["task_orders"] if one["status"] in ("judged", "withdrawn")]
    world["contributions"] = [one for one in world["contributions"] if one["status"] != "declared"]
    return dict(chosen)


@pytest.fixture
def http(database: Databases, world: dict[str, Any], waiting: dict[str, Any]) -> Iterator[World]:
    service = ScoringService()
    with world_of(database, service, BUREAU) as made:
        scoring = Scoring(service.database)
        scoring.take(states_of(world))
        scoring.take([declaration_state({**waiting, "status": "verified"}, revision=5)])
        yield made
        stop_workers()


def frozen(http: World) -> Any:
    with http.service.begin(OFFICE) as session:
        return runs.collect_run(session, OFFICE, "2026")


def test_a_run_waits_for_a_silent_assessor_or_for_the_panel(http: World, waiting: dict[str, Any]) -> None:
    with pytest.raises(Conflict) as refused:
        frozen(http)
    assert refused.value.code == "run.waiting"
    (entry,) = refused.value.errors
    assert entry["field"] == f"declaration.{waiting['code']}"
    assert entry["zh"].endswith("待核评")
    office, panel = http.log_in("office", "office"), http.log_in("panel", "panel")
    (listed,) = office.get("/api/v1/standings/waiting?cycle=2026").json["items"]
    assert (listed["fact"], listed["desk"]["step"], listed["assumed"]) == (waiting["code"], "assess", None)
    body = {"cycle": "2026", "items": [{"kind": "declaration", "fact": waiting["code"], "reason": "核评人请长假"}]}
    assert office.post("/api/v1/standings/waiting/assume", json=body).status_code == 403
    assert panel.post("/api/v1/standings/waiting/assume", json=body).json == {"assumed": 1}
    assert frozen(http).frame.subjects
    (listed,) = office.get("/api/v1/standings/waiting?cycle=2026").json["items"]
    assert listed["assumed"]["reason"] == "核评人请长假"
    wrong = {**body, "items": [{**body["items"][0], "fact": "nothing"}]}
    assert panel.post("/api/v1/standings/waiting/assume", json=wrong).status_code == 404


def test_ten_orders_judged_full_and_one_that_nobody_judged_are_not_frozen_and_full_once_it_is(http: World) -> None:
    scoring = Scoring(http.service)
    scoring.assume_all()
    item = {"name": "督办事项", "category": "additional", "tool": "accountability", "line": "all", "active": True}
    rule = {"rule": "checklist", "rule_params": {"items": ["甲", "乙", "丙"]}, "full_points": "6"}
    scoring.take([indicator_state({"indicator": "11-04-99", "layers": ["division"], "frequency": "monthly", **item, **rule})])  # fmt: skip
    order = {"indicator": "11-04-99", "subject": "D01", "period": "2026-M03", "layer": "division", "revision": 1}
    judged = {**order, "status": "judged", "counts": {"done": "3"}}
    scoring.take([order_state({**judged, "code": f"O{number}"}) for number in range(10)])
    scoring.take([order_state({**order, "code": "O10", "status": "completed", "counts": {"done": "0"}})])
    office = http.log_in("office", "office")
    with pytest.raises(Conflict) as refused:
        frozen(http)
    assert [entry["field"] for entry in refused.value.errors] == ["task_order.O10"]
    assert refused.value.errors[0]["zh"].endswith("待评定")
    scoring.take([order_state({**judged, "code": "O10", "revision": 2})])
    assert frozen(http).frame.subjects
    tree = office.get("/api/v1/standings/explanations/D01?cycle=2026").json
    own = next(one for one in items_of(tree) if one["indicator"] == "11-04-99")
    assert (own["points"], own["cause"]) == ("6.00", "done")


def test_what_waits_is_told_as_waiting_and_costs_nothing(http: World, waiting: dict[str, Any]) -> None:
    at = f"/api/v1/standings/explanations/{waiting['subject']}?cycle=2026"
    tree = http.log_in("office", "office").get(at).json
    item = next(one for one in items_of(tree) if one["indicator"] == waiting["indicator"])
    assert {"period": waiting["period"], "cause": "waiting"} in item["causes"]
    assert "待核评" in item["sentence"]
    assert "一期也没有申报" not in item["sentence"]


def test_the_standing_of_an_open_year_counts_the_periods_that_have_ended(
    http: World, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    Scoring(http.service).take([cycle_state(world["cycle"], status="open", revision=9)])
    office = http.log_in("office", "office")
    day = [date(2026, 4, 1)]
    monkeypatch.setattr(incremental, "today", lambda: day[0])
    due = []
    for _ in range(2):
        subjects = [
            one["subject"] for one in office.get("/api/v1/standings?cycle=2026&layer=division&limit=500").json["items"]
        ]
        trees = [office.get(f"/api/v1/standings/explanations/{one}?cycle=2026").json for one in subjects]
        due.append({one["period"] for tree in trees for item in items_of(tree) if item["tool"] in ("review", "electronic") for one in item["causes"]})  # fmt: skip
        day[0] = date(2026, 5, 1)
    assert due[0] <= {"2026-M01", "2026-M02", "2026-M03", "2026-Q1"}
    assert due[1] - due[0] <= {"2026-M04"}
