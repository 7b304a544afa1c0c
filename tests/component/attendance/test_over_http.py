"""From a clock's own request and HR's API through the gateway to the database and back."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

LINES = b"1\t2026-01-05 08:50:00\t255\t1\t0\t0\n1\t2026-01-05 17:10:00\t255\t1\t0\t0\nbroken\n"


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([cycle()]) as session:
            projections.keep_units(session, [unit("D10", "division")])
            projections.keep_persons(session, [person("P1", "D10")])
            projections.keep_cycles(session, [cycle()])
        yield made


@pytest.fixture
def clock(world: World) -> FlaskClient:
    return world.app.test_client()


def push(clock: FlaskClient, body: bytes = LINES) -> Any:
    return clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG&Stamp=9999", data=body)


def test_from_the_clock_to_the_months_figures(world: World, clock: FlaskClient) -> None:
    log_in = world.log_in
    assert clock.get("/iclock/cdata?SN=CKJ1&options=all").data.startswith(b"GET OPTION FROM: CKJ1")
    answer = push(clock)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"OK: 3", "text/plain")
    keeper, hr, staff = log_in("keeper", "devices"), log_in("hr", "hr"), log_in("p1", "staff", person="P1")
    waiting = keeper.get("/api/v1/devices?status=pending").json["items"]
    assert [(one["serial"], one["quarantined"]) for one in waiting] == [("CKJ1", 2)]
    approved = keeper.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    assert (approved.status_code, approved.json["released"]) == (201, 2)
    enrolled = keeper.post("/api/v1/enrolments", json={"enrolments": [{"pin": "1", "person": "P1"}]})
    assert enrolled.json == {"enrolled": 1, "replayed": 1}
    assert push(clock).data == b"OK: 3"
    assert len(hr.get("/api/v1/punches?person=P1").json["items"]) == 2
    leave = {"person": "P1", "kind": "marriage", "first": "2026-01-06", "last": "2026-01-31"}
    assert hr.post("/api/v1/leaves", json={"leaves": [leave]}).status_code == 201
    closed = hr.post("/api/v1/attendance-months/2026-01/close")
    assert (closed.status_code, closed.json["persons"]) == (200, 1)
    own = staff.get("/api/v1/attendance-months/2026-01/figures").json["items"]
    assert [(one["subject"], one["figures"]["absence"]) for one in own] == [("P1", {"absent": "1", "overleave": "0"})]
    shown = staff.get("/api/v1/attendance-months/2026-01/figures/P1").json
    first = shown["detail"]["days"][0]
    assert [point["state"] for point in first.pop("points")] == ["absent", "absent"]
    assert first == {
        "day": "2026-01-04",
        "halves": ["absent", "absent"],
        "late": 0,
        "early": 0,
        "missed": [],
    }


def test_a_clock_whose_punches_cannot_be_stored_is_told_to_come_again(world: World, clock: FlaskClient) -> None:
    world.wire.cut = True
    assert push(clock).status_code == 503
    assert clock.get("/iclock/getrequest?SN=CKJ1").data == b"OK"
    world.wire.cut = False
    assert push(clock).data == b"OK: 3"


def test_a_push_of_two_megabytes_is_taken_and_ten_are_not(clock: FlaskClient) -> None:
    line = b"%d\t2026-01-05 08:50:00\t255\t1\t0\t0\t0\t0\t0\n"
    body = b"".join(line % number for number in range(45_000))
    assert 1_500_000 < len(body) < 2_100_000
    assert push(clock, body).data == b"OK: 45000"
    assert push(clock, b"x" * 10_000_000).status_code == 413


BAD: list[tuple[str, dict[str, Any] | None]] = [
    ("shifts", {"shift": "x", "name": "x", "spans": [[600, 540]]}),
    ("shifts", {"shift": "x", "name": "x", "spans": []}),
    ("shifts/assignments", {"assignments": [{"shift": "nothing", "starts": "2026-01-01"}]}),
    ("leaves", {"leaves": [{"person": "P1", "kind": "annual", "first": "2026-01-06", "last": "2026-01-05"}]}),
    ("leaves", {"leaves": [{"person": "P1", "kind": "holiday", "first": "2026-01-06", "last": "2026-01-06"}]}),
    ("leaves", {"leaves": [{"person": "NOBODY", "kind": "sick", "first": "2026-01-06", "last": "2026-01-06"}]}),
    ("leaves", {"leaves": [{"person": "P1", "kind": "sick", "first": "9999-12-31", "last": "9999-12-31"}]}),
    ("leaves", {"leaves": [{"person": "P1", "kind": "sick", "first": "0001-01-01", "last": "0001-01-01"}]}),
    ("corrections", {"corrections": [{"person": "P1", "day": "0001-01-01", "point": "depart", "reason": "x"}]}),
    ("corrections", {"corrections": [{"person": "P1", "day": "2026-13-01", "point": "depart", "reason": "x"}]}),
    ("gatherings", {"gatherings": [{"kind": "meeting", "name": "x", "opens_at": "2026-01-05T09:00:00+08:00",
                                    "closes_at": "2026-01-05T08:00:00+08:00", "everyone": True}]}),
    ("gatherings", {"gatherings": [{"kind": "meeting", "name": "x", "opens_at": "9999-12-31T23:30:00+00:00",
                                    "closes_at": "9999-12-31T23:40:00+00:00", "everyone": True}]}),
    ("gatherings", {"gatherings": [{"kind": "meeting", "name": "x", "opens_at": "2026-01-05T09:00:00+08:00",
                                    "closes_at": "2026-01-05T10:00:00+08:00"}]}),
    ("attendance-months/2027-03/close", None),
    ("attendance-months/2026-13/close", None),
    ("attendance-months/1999-01/close", None),
    ("leaves/not-an-id/withdraw", None),
    ("leaves/00000000-0000-7000-8000-000000000000/withdraw", None),
    ("gatherings/00000000-0000-7000-8000-000000000000/withdraw", None),
]  # fmt: skip


def test_bad_input_gets_a_clear_answer(world: World) -> None:
    hr = world.log_in("hr", "hr", "office")
    for path, body in BAD:
        answer = hr.post(f"/api/v1/{path}", json=body) if body else hr.post(f"/api/v1/{path}")
        assert 400 <= answer.status_code < 500, f"{path} {body}: {answer.text}"
        assert answer.mimetype == "application/problem+json"
        assert answer.json["code"]


LISTS = ("devices", "enrolments", "shifts", "leaves", "corrections", "gatherings", "punches", "attendance-months")


def test_every_list_answers_and_refuses_a_made_up_cursor(world: World) -> None:
    hr = world.log_in("hr", "hr", "devices")
    for path in LISTS:
        assert len(hr.get(f"/api/v1/{path}").json["items"]) == (path == "shifts"), "every bureau has the standard shift"
        assert hr.get(f"/api/v1/{path}?after=nonsense").status_code == 422
        assert hr.get(f"/api/v1/{path}?limit=0").status_code == 422


FILLED: list[tuple[str, dict[str, Any]]] = [
    ("shifts", {"shift": "four", "name": "四次卡", "spans": [[510, 720], [840, 1050]]}),
    ("shifts/assignments", {"assignments": [{"person": "P1", "shift": "four", "starts": "2026-02-01"}]}),
    ("leaves", {"leaves": [{"person": "P1", "kind": "outing", "first": "2026-01-06", "last": "2026-01-06",
                            "from": "2026-01-06T09:00:00", "to": "2026-01-06T10:00:00+08:00"}]}),
    ("corrections", {"corrections": [{"person": "P1", "day": "2026-01-07", "point": "depart", "reason": "忘记",
                                      "at": "2026-01-08T09:00:00+08:00"}]}),
    ("device-downs", {"from": "2026-01-12T08:00:00+08:00", "to": "2026-01-12T10:00:00+08:00", "reason": "停电"}),
    ("gatherings", {"gatherings": [{"kind": "study", "name": "学习", "opens_at": "2026-01-09T14:00:00+08:00",
                                    "closes_at": "2026-01-09T15:00:00+08:00", "everyone": True}]}),
]  # fmt: skip
QUERIES = (
    "devices?status=approved&limit=5",
    "enrolments?person=P1&unit=D10&device_group=&q=P1&skip=0&total=true&limit=5",
    "shifts?limit=1",
    "leaves?person=P1&unit=D10&from=2026-01-01&to=2026-01-31&kind=outing&status=approved&q=P1&skip=0&total=true&limit=5",
    "corrections?person=P1&unit=D10&from=2026-01-01&to=2026-01-31&status=approved&q=P1&skip=0&total=true&limit=5",
    "gatherings?person=P1&from=2026-01-01&to=2026-01-31&kind=study&status=called&q=学&skip=0&total=true&limit=5",
    "punches?person=P1&unit=D10&device=CKJ1&from=2026-01-05&to=2026-01-05&state=stored&q=P1&skip=0&total=true&limit=5",
    "punches/rejected?device=CKJ1&limit=5",
    "device-downs?limit=5",
    "attendance-months?limit=5",
    "attendance-months/2026-01/figures?layer=person&limit=5",
)


def test_every_list_tells_what_was_registered_and_takes_its_parameters(world: World, clock: FlaskClient) -> None:
    hr = world.log_in("hr", "hr", "devices")
    hr.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    hr.post("/api/v1/enrolments", json={"enrolments": [{"pin": "1", "person": "P1"}]})
    push(clock)
    push(clock, b"1\t2026-01-07 08:50:00\t255\t1\n")
    for path, body in FILLED:
        answer = hr.post(f"/api/v1/{path}", json=body)
        assert answer.status_code == 201, answer.text
    assert hr.post("/api/v1/attendance-months/2026-01/close").status_code == 200
    for query in QUERIES:
        answer = hr.get(f"/api/v1/{query}")
        assert answer.status_code == 200, f"{query}: {answer.text}"
        assert answer.json["items"], query
    assert "members" in hr.get("/api/v1/attendance-months/2026-01/figures/D10").json["detail"]
    first = hr.get("/api/v1/shifts?limit=1").json
    assert [one["shift"] for one in hr.get(f"/api/v1/shifts?after={first['next']}").json["items"]] == ["standard"]
    outing = hr.get("/api/v1/leaves").json["items"][0]
    assert (outing["from"], outing["first_half"]) == ("2026-01-06T01:00:00+00:00", "am")
    assert (outing["person_name"], outing["unit"], outing["unit_name"]) == ("P1", "D10", "D10")
    assert [one["unit"] for one in hr.get("/api/v1/leaves?unit=S01").json["items"]] == []
    wall = hr.get("/api/v1/devices/wall").json["devices"]
    assert [(one["serial"], one["state"], one["punches_today"]) for one in wall] == [("CKJ1", "online", 0)]
    assert hr.get("/api/v1/enrolments/missing").json == {"persons": []}
    rule = {"rule": "explain_within", "starts": "2026-02-01", "value": 5}
    named = {one["rule"]: one for one in hr.post("/api/v1/attendance-rules", json=rule).json["rules"]}
    assert named["explain_within"]["dated"] == [{"starts": "2026-02-01", "value": 5}]
    assert hr.get("/api/v1/attendance-rules").status_code == 200
    assert hr.post("/api/v1/attendance-rules", json=rule | {"starts": "2026-01-15"}).json["code"] == "rule.closed"


def test_what_was_decided_on_a_device_that_changed_meanwhile_is_refused(world: World) -> None:
    keeper = world.log_in("keeper", "devices")
    keeper.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    stale = keeper.post("/api/v1/devices/CKJ1/retire", headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.json["code"]) == (412, "revision.stale")
    assert keeper.post("/api/v1/devices/CKJ1/retire", headers={"If-Match": '"1"'}).json["status"] == "retired"


def test_a_clocks_memory_comes_on_a_stick_and_each_bad_line_is_named(world: World, clock: FlaskClient) -> None:
    keeper, hr = world.log_in("keeper", "devices"), world.log_in("hr", "hr")
    keeper.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    keeper.post("/api/v1/enrolments", json={"enrolments": [{"pin": "1", "person": "P1"}]})
    push(clock)
    memory = b"    1\t2026-01-05 08:50:00\t255\t1\n\nbroken\n    1\t2026-01-06 08:51\t1\t0\n"
    answer = keeper.post("/api/v1/devices/CKJ1/punches", data={"file": (io.BytesIO(memory), "1_attlog.dat")})
    assert answer.json == {"taken": 3, "new": 1, "errors": [{"row": 2, "reason": "columns"}]}
    assert len(hr.get("/api/v1/punches?person=P1").json["items"]) == 3
    unknown = keeper.post("/api/v1/devices/X/punches", data={"file": (io.BytesIO(memory), "1_attlog.dat")})
    assert (unknown.status_code, unknown.json["code"]) == (404, "device.unknown")
    own = {"file": (io.BytesIO(memory), "1_attlog.dat")}
    assert hr.post("/api/v1/devices/CKJ1/punches", data=own).status_code == 403


def test_a_clock_heard_from_elsewhere_stands_on_a_list_until_somebody_settles_it(
    world: World, clock: FlaskClient
) -> None:
    keeper = world.log_in("keeper", "devices")
    keeper.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门", "networks": ["10.20.0.0/24"]})
    push(clock)
    (alarm,) = keeper.get("/api/v1/devices/alarms?status=open&limit=5").json["items"]
    assert (alarm["kind"], alarm["address"]) == ("elsewhere", "127.0.0.1")
    (waiting, *_) = keeper.get("/api/v1/punches?state=quarantined").json["items"]
    assert waiting["address"] == "127.0.0.1"
    settled = keeper.post(f"/api/v1/devices/alarms/{alarm['alarm']}/settle", json={"accept": True})
    assert (settled.status_code, settled.json["status"]) == (200, "accepted")
    assert settled.json["released"] > 0
    assert keeper.post("/api/v1/devices/reject", json={"serials": ["NOBODY"]}).status_code == 404
