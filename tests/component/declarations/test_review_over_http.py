"""The way of a declaration from the HTTP API through the gateway's schemas to the service and back."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.declarations.service import DeclarationsService
from tests.component.declarations.bureau import RULE, Bureau, ratio, settle_in
from tests.component.declarations.states import CYCLE, B
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

JANUARY = {"cycle": CYCLE, "period": "2026-M01"}


@pytest.fixture
def http(database: Databases, on) -> Iterator[World]:
    with world_of(database, DeclarationsService(), B) as made:
        settle_in(Bureau(made.service))
        yield made


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{path}", json={"cycle": CYCLE, **body})


def test_a_month_is_declared_verified_cleared_and_recorded(http: World, on):
    on("2026-01-20")
    office, staff, panel = (
        http.log_in(name, *roles, person=name)
        for name, roles in (("office", ["office"]), ("P8", ["staff"]), ("K1", ["panel", "leader"]))
    )
    rules = {"rules": [{"frequency": "monthly", "since": "2026-01-01", **RULE}]}
    told = office.put(f"/api/v1/cycles/{CYCLE}/timetable", json=rules)
    assert (told.status_code, told.json["periods"][0]["declare"]) == (200, "2026-02-04")
    assert staff.put(f"/api/v1/cycles/{CYCLE}/timetable", json=rules).status_code == 403
    assert office.get(f"/api/v1/cycles/{CYCLE}/timetable").json == told.json
    entry = ratio("1", indicator="06-06-06", period="2026-M01")
    declared = post(staff, "declarations", entries=[entry]).json["declarations"][0]["declaration"]
    leader = http.log_in("L1", "leader", person="L1")  # D08 has no head
    assert leader.get("/api/v1/to-dos").json["lists"]["to_verify"]["next_due"] == "2026-02-06"
    assert post(staff, "declarations/verify", declarations=[{"declaration": declared}]).status_code == 403
    assert post(leader, "declarations/verify", declarations=[{"declaration": declared}]).status_code == 200
    again = post(leader, "declarations/verify", declarations=[{"declaration": declared}])
    assert (again.status_code, again.json["code"]) == (409, "declaration.state")
    query = "&".join(f"{name}={value}" for name, value in JANUARY.items())
    shown = panel.get(f"/api/v1/declarations/clearing?{query}").json
    stale = {**JANUARY, "expected": 1, "etag": "1-1"}
    assert post(panel, "declarations/clear", **stale).json["code"] == "selection.changed"
    cleared = post(panel, "declarations/clear", **JANUARY, expected=shown["expected"], etag=shown["etag"])
    assert [one["status"] for one in cleared.json["declarations"]] == ["assessed"]
    assert post(office, "declarations/record-period", **JANUARY).json == {"recorded": 1, "left": 0}
    whole = staff.get(f"/api/v1/declarations/{declared}?cycle={CYCLE}").json
    assert (whole["status"], whole["due_on"], whole["history"]) == ("recorded", None, [])
    done = leader.get(f"/api/v1/to-dos/done?cycle={CYCLE}").json["items"]
    assert [(one["before"], one["after"]) for one in done] == [("declared", "verified")]


def test_what_is_late_is_asked_for_and_granted(http: World, on):
    on("2026-01-20")
    office, staff, panel = (
        http.log_in(name, *roles, person=name)
        for name, roles in (("office", ["office"]), ("PS", ["staff"]), ("K1", ["panel"]))
    )
    rules = {"rules": [{"frequency": "monthly", "since": "2026-01-01", **RULE}]}
    office.put(f"/api/v1/cycles/{CYCLE}/timetable", json=rules)
    on("2026-02-05")
    entry = ratio("1", indicator="06-06-06", period="2026-M01")
    late = post(staff, "declarations", entries=[entry])
    assert (late.status_code, late.json["code"]) == (409, "declaration.late")
    item = {"indicator": "06-06-06", "period": "2026-M01"}
    asked = post(staff, "late-consents", reason="公出", items=[item])
    assert asked.status_code == 201
    consent = asked.json["consents"][0]["consent"]
    answer = {"decision": "grant", "reason": "属实", "consents": [{"consent": consent}]}
    assert post(panel, "late-consents/answer", **answer).json["consents"][0]["status"] == "granted"
    assert post(staff, "declarations", entries=[entry]).status_code == 201
    assert panel.get(f"/api/v1/late-consents?cycle={CYCLE}").json["items"][0]["status"] == "granted"
    assert panel.get(f"/api/v1/lateness?cycle={CYCLE}").json == {"items": [], "next": None}
    assert panel.get(f"/api/v1/lateness/summary?cycle={CYCLE}").json == {"decided": [], "waiting": []}


def test_a_delegation_is_made_seen_and_ended_and_notices_are_read(http: World, on):
    on("2026-02-02")
    leader = http.log_in("L1", "leader", person="L1")
    away = {"delegate": "L2", "role": "leader", "starts": "2026-02-02", "ends": "2026-02-06", "reason": "出差"}
    made = leader.post("/api/v1/delegations", json=away)
    assert (made.status_code, made.json["in_force"]) == (201, True)
    assert leader.post("/api/v1/delegations", json=away).json["code"] == "delegation.overlaps"
    assert [one["delegate"] for one in leader.get("/api/v1/delegations?active=true").json["items"]] == ["L2"]
    ended = leader.post(f"/api/v1/delegations/{made.json['delegation']}/end", json={})
    assert (ended.status_code, ended.json["status"]) == (200, "ended")
    assert leader.get("/api/v1/notices?unread=true").json == {"items": [], "next": None}
    unknown = leader.post("/api/v1/notices/read", json={"notices": ["none"]})
    assert (unknown.status_code, unknown.json["code"]) == (404, "notice.unknown")
