"""Scoring's resources from the HTTP API through the gateway's schemas to the service and back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.scoring.service import ScoringService
from services.scoring.storage.arrived import arrived
from services.scoring.workers import stop_workers
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, cycle_state, evaluation_state, states_of
from tests.support.databases import Databases
from tests.support.over_http import World, world_of


@pytest.fixture
def http(database: Databases, world: dict[str, Any]) -> Iterator[World]:
    service = ScoringService()
    with world_of(database, service, BUREAU) as made:
        scoring = Scoring(service.database)
        scoring.take(states_of(world))
        scoring.take([cycle_state(world["cycle"], quota_percent=50, revision=8)])
        yield made
        stop_workers()


@pytest.fixture
def office(http: World) -> FlaskClient:
    return http.log_in("office", "office")


@pytest.fixture
def run(http: World) -> str:
    office = actor("office")
    service = ScoringService()
    service.database = http.service
    Scoring(http.service).assume_all()
    with http.service.begin(office) as session:
        expected = arrived(session, BUREAU, "2026")
    return str(service.freeze_run(office, {"cycle": "2026", "expected": expected})["run"])


def test_a_run_is_followed_from_its_job_to_the_list(http: World, office: FlaskClient, run: str) -> None:
    (job,) = office.get("/api/v1/run-jobs?cycle=2026").json["items"]
    assert (job["status"], job["result"]) == ("done", {"run": run})
    assert office.get(f"/api/v1/run-jobs/{job['job']}").json == job
    assert office.get(f"/api/v1/runs/{run}").json["facts_checked"] is True
    assert office.post(f"/api/v1/runs/{run}/recompute").json["difference"] is None
    assert office.get(f"/api/v1/runs/{run}/differences").status_code == 404  # the first of its cycle
    panel = http.log_in("panel", "panel")
    refused = panel.post(f"/api/v1/runs/{run}/approve", json={"chosen": {"person": {"P01": "好"}}})
    assert (refused.status_code, refused.json["code"]) == (422, "selection.invalid")
    assert panel.post(f"/api/v1/runs/{run}/approve").json["status"] == "approved"
    steps = office.get(f"/api/v1/runs/{run}/selection?layer=person").json["steps"]
    assert [one["step"] for one in steps] == ["nominated", "struck", "tied", "chosen", "final"]


def test_seats_trials_and_influence_are_asked_for(office: FlaskClient, run: str) -> None:
    seats = office.get(f"/api/v1/runs/{run}/seats?draws=100").json
    assert {one["seat"] for one in seats["items"]} <= {"robust", "contestable", "outside"}
    body = {
        "cycle": "2026",
        "run": run,
        "changes": {"composite": {"person": {"personal": "0.80", "unit": 0.1, "bureau": "0.1"}}},
    }
    tried = office.post("/api/v1/designs/what-if", json=body)
    assert tried.status_code == 200
    assert tried.json["changed"] > 0
    wrong = {**body, "changes": {"composite": {"person": {"personal": "0.9", "unit": "0.3", "bureau": "0.2"}}}}
    assert office.post("/api/v1/designs/what-if", json=wrong).json["code"] == "what_if.invalid"
    assert office.get(f"/api/v1/designs/influence?cycle=2026&run={run}").json["weights"]
    assert office.get("/api/v1/designs/self-scores?cycle=2026").json["declarations"] > 0


@pytest.mark.parametrize(
    "path",
    ["run-jobs?cycle=2026", "designs/influence?cycle=2026", "designs/self-scores?cycle=2026"],
)
def test_staff_do_not_look_behind_the_scenes(http: World, path: str) -> None:
    staff = http.log_in("p01", "staff", person="P01")
    assert staff.get(f"/api/v1/{path}").status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [({"categories": {"common": "101"}}, "categories.common"), ({"components": {"unit": "100.01"}}, "components.unit")],
)
def test_a_score_above_a_hundred_is_no_score(office: FlaskClient, given: dict[str, Any], field: str) -> None:
    body = {"cycle": "2026", "layer": "person", "line": "access", "categories": {"common": "100"}}
    assert office.post("/api/v1/standings/compose", json=body).status_code == 200
    refused = office.post("/api/v1/standings/compose", json={**body, **given})
    assert refused.status_code == 422
    (error,) = refused.json["errors"]
    assert error["field"] == field
    assert "100" in error["zh"]


def test_a_ranking_and_a_standing_are_asked_for_by_unit_and_keep_their_ranks(office: FlaskClient, run: str) -> None:
    for path in (f"/api/v1/runs/{run}/ranking?layer=person", "/api/v1/standings?cycle=2026&layer=person"):
        whole = office.get(path).json["items"]
        units = sorted({one["unit"] for one in whole})
        assert len(units) > 1
        for unit in units:
            shown = office.get(f"{path}&unit={unit}").json["items"]
            assert shown == [one for one in whole if one["unit"] == unit]


def test_an_evaluation_that_too_few_voted_in_is_told_as_not_applicable(
    http: World, world: dict[str, Any], office: FlaskClient
) -> None:
    """Two of eight voted: their votes do not come, and the item leaves with its full points."""
    (item, *_) = (one["indicator"] for one in world["indicators"] if one["tool"] == "subjective")
    closed = [one for one in world["evaluations"] if one["indicator"] == item and one["status"] == "closed"]
    subject = closed[0]["subject"]

    def told() -> dict[str, Any]:
        tree = office.get(f"/api/v1/standings/explanations/{subject}?cycle=2026").json
        parts = [part for line in tree["lines"] for part in line["categories"]]
        (found,) = [one for part in parts for one in part["items"] if one["indicator"] == item]
        return dict(found)

    assert told()["points"] is not None
    silent = [evaluation_state(one) for one in closed if one["subject"] == subject]
    Scoring(http.service).take([replace(one, revision=9, counts={}, votes=2) for one in silent])
    left_out = told()
    assert (left_out["points"], left_out["cause"], left_out["counts"]) == (None, "not_applicable", {})
    assert "不适用" in left_out["sentence"]
    assert "0.00" not in left_out["sentence"]
