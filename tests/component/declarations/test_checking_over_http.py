"""Checks and appeals as users meet them: through the gateway, as JSON."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.declarations.domain.sampling.verifying import differences
from services.declarations.service import DeclarationsService
from shared.clock import today
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.checking import POOL, assessed
from tests.component.declarations.states import CYCLE, B
from tests.support.databases import Databases
from tests.support.over_http import World, world_of


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, DeclarationsService(), B) as made:
        settle_in(Bureau(made.service))
        yield made


def post(client: FlaskClient, path: str, body: dict[str, Any], expected: int = 200) -> dict[str, Any]:
    answer = client.post(f"/api/v1/{path}", json={"cycle": CYCLE, **body})
    assert answer.status_code == expected, answer.json
    document: dict[str, Any] = answer.json
    return document


def items(client: FlaskClient, path: str, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}", query_string={"cycle": CYCLE, **query})
    assert answer.status_code == 200, answer.json
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def announcement(**changes: Any) -> dict[str, Any]:
    return {
        "title": "一月核评抽查",
        "period": "2026-M01",
        "method": {"name": "gbt2828", "aql": "1.0"},
        "inspectors": POOL,
        "value_name": "福利彩票双色球第2026001期",
        "value_due": today().isoformat(),
        **changes,
    }


def test_from_the_announcement_to_the_appeal(world: World) -> None:
    declared = assessed(Bureau(world.service), "PS")[0]
    office, staff = world.log_in("office", "office"), world.log_in("ps", "staff", person="PS")
    check = post(office, "spot-checks", announcement(), 201)["spot_check"]
    post(office, f"spot-checks/{check}/draw", {"value": "03 08 11 19 24 30 + 07"})
    assert differences(staff.get(f"/api/v1/spot-checks/{check}/draw").json) == []
    (one,) = items(office, "inspections", spot_check=check)
    inspector = world.log_in("inspector", "staff", person=one["inspector"])
    assert inspector.get("/api/v1/to-dos").json["lists"]["items_to_inspect"]["count"] == 1
    finding = {"inspection": one["inspection"], "verdict": "false", "text": "台账查无实据", "counts": {"done": "1"}}
    found = post(inspector, "inspections/findings", {"findings": [{**finding, "evidence": ["台账照片"]}]})[
        "inspections"
    ][0]
    assert (found["points_before"], found["points_after"]) == ("1.50", "0.50")
    figures = post(office, f"spot-checks/{check}/close", {})["figures"]
    assert (figures["false"], figures["accepted"], figures["false_rate"]["at_most"]) == (1, False, "1.000000")
    (corrected,) = items(staff, "item-corrections", kind="declaration", item=declared)
    assert (corrected["cause"], corrected["points_after"]) == ("spot_check", "0.50")
    appeal = {"kind": "finding", "object": one["inspection"], "text": "台账在另一册", "evidence": ["第二册"]}
    filed = post(staff, "appeals", {"appeals": [appeal]}, 201)["appeals"][0]
    panel = world.log_in("k1", "panel", person="K1")
    assert panel.get("/api/v1/to-dos").json["lists"]["appeals_to_decide"]["count"] == 1
    decision = {"appeal": filed["appeal"], "outcome": "changed", "decision": "第二册属实", "verdict": "confirmed"}
    decided = post(panel, "appeals/decide", {"appeals": [decision]})["appeals"][0]
    assert (decided["status"], decided["corrections"][0]["points_after"]) == ("changed", "1.50")
    (veto,) = items(panel, "vetoes")
    assert (veto["source"], veto["status"]) == ("spot_check", "lifted")
    (public,) = items(staff, "spot-checks")
    assert (public["figures"]["confirmed"], public["value"]) == (1, "03 08 11 19 24 30 + 07")


def test_a_leader_checks_on_the_spot_and_staff_do_not(world: World) -> None:
    declared = assessed(Bureau(world.service), "PS")[0]
    body = {"reason": "走访发现", "items": [{"kind": "declaration", "item": declared}]}
    staff, leader = world.log_in("qs", "staff", person="QS"), world.log_in("l1", "leader", person="L1")
    assert post(staff, "spot-checks/on-the-spot", body, 403)["code"] == "spot_check.leader_only"
    made = post(leader, "spot-checks/on-the-spot", body, 201)
    assert [one["inspector"] for one in made["inspections"]] == ["L1"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": {"name": "gbt2828", "aql": "2.4"}}, "aql"),
        ({"method": {"name": "rate", "rate": "2"}}, "method.rate"),
        ({"period": "2026-X"}, "period"),
        ({"inspectors": ["NOBODY"]}, "inspectors"),
        ({"value_due": "2020-01-01"}, "value_due"),
        ({"veto_indicator": "01-01-01"}, "indicator"),
        ({"method": {"name": "dice"}}, "method.name"),
        ({"inspectors": []}, "inspectors"),
    ],
)
def test_what_does_not_fit_is_named(world: World, changes: dict[str, Any], field: str) -> None:
    assessed(Bureau(world.service), "PS")
    office = world.log_in("office", "office")
    answer = post(office, "spot-checks", announcement(**changes), 422)
    assert field in [one.get("field") for one in answer["errors"]], answer


def test_the_offices_terms_are_read_by_everybody(world: World) -> None:
    office, staff = world.log_in("office", "office"), world.log_in("ps", "staff", person="PS")
    assert staff.get("/api/v1/appeal-terms?cycle=2026").json["decide_days"] == 15
    post(office, "appeal-terms", {"file_days": 5, "decide_days": 20, "revision": 0})
    assert staff.get("/api/v1/appeal-terms?cycle=2026").json == {"cycle": CYCLE, "revision": 1, "file_days": 5, "decide_days": 20}  # fmt: skip
    assert post(staff, "appeal-terms", {"file_days": 5, "decide_days": 20}, 403)["code"] == "appeal.office_only"
