"""Clocks of every kind that polls, over real sockets: they do what they are told, and what they answer is kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from ops.simulation.clocks import Clock
from ops.simulation.firmware import FIRMWARES, Press
from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

MORNING = datetime(2026, 3, 4, 8, 30)
POLLING = sorted(name for name, one in FIRMWARES.items() if one.polls)


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        for keep, state in (
            (projections.keep_units, unit("D10", "division")),
            (projections.keep_persons, person("P1", "D10")),
        ):
            with made.service.begin_handling([state]) as session:
                keep(session, [state])
        yield made


@pytest.fixture
def keeper(world: World) -> FlaskClient:
    client = world.log_in("keeper", "devices")
    client.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    client.post("/api/v1/enrolments", json={"enrolments": [{"pin": "7", "person": "P1"}]})
    return client


def order(keeper: FlaskClient, kind: str, **more: object) -> None:
    answer = keeper.post("/api/v1/devices/CKJ1/commands", json={"kind": kind, "reason": "试", **more})
    assert (answer.status_code, answer.json["ordered"]) == (201, 1), answer.json


def listed(keeper: FlaskClient) -> dict[str, dict[str, object]]:
    return {one["kind"]: one for one in keeper.get("/api/v1/devices/CKJ1/commands").json["items"]}


@pytest.mark.parametrize("kind", POLLING)
@pytest.mark.parametrize("manner", ["once", "twice"])
def test_a_clock_does_all_that_it_is_told(world: World, url: str, keeper: FlaskClient, kind: str, manner: str) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES[kind], twice=manner == "twice")
    clock.inside.users = {"77": "访客"}
    clock.hello()
    clock.press("7", MORNING)
    clock.memory.append(Press("7", MORNING + timedelta(hours=9)))  # it never sent this one
    for one in ("count", "fetch"):
        order(keeper, one, first="2026-03-04")
    order(keeper, "list_users")
    order(keeper, "info")
    order(keeper, "reboot")
    assert len(clock.poll()) == 5
    done = listed(keeper)
    assert {name: one["status"] for name, one in done.items()} == dict.fromkeys(done, "done")
    assert (done["count"]["counted"], done["count"]["ours"]) == (2, 1)
    with world.service.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM attendance.punches")).scalar_one() == 2
    users = keeper.get("/api/v1/devices/CKJ1/users").json
    assert [one["pin"] for one in users["absent"]] == ["7"]
    assert [(one["pin"], one["name"]) for one in users["strangers"]] == [("77", "访客")]
    order(keeper, "put_user")
    order(keeper, "drop_user", pins=["77"])
    clock.poll()
    assert (clock.inside.users, clock.inside.starts, clock.poll()) == ({"7": "P1"}, 1, [])


def test_the_time_is_set_by_saying_hello_again_where_the_firmware_can(url: str, keeper: FlaskClient) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES["finger"])
    clock.hello()
    order(keeper, "set_time")
    assert clock.poll() == ["CHECK"]
    Clock(url, "CKJ1", FIRMWARES["access"]).hello()
    refused = keeper.post("/api/v1/devices/CKJ1/commands", json={"kind": "set_time", "reason": "试"})
    assert (refused.status_code, refused.json["code"]) == (409, "command.unsupported")


def test_a_terminal_that_only_pushes_is_ordered_nothing(url: str, keeper: FlaskClient) -> None:
    Clock(url, "CKJ1", FIRMWARES["hikvision"]).press("7", MORNING)
    refused = keeper.post("/api/v1/devices/CKJ1/commands", json={"kind": "info", "reason": "试"})
    assert (refused.status_code, refused.json["code"]) == (409, "command.unsupported")


def test_a_clock_that_is_cancelled_or_asked_without_a_reason(url: str, keeper: FlaskClient) -> None:
    empty = keeper.post("/api/v1/devices/CKJ1/commands", json={"kind": "reboot", "reason": " "})
    assert empty.status_code == 422
    order(keeper, "reboot")
    number = listed(keeper)["reboot"]["number"]
    answer = keeper.post(f"/api/v1/devices/CKJ1/commands/{number}/cancel", json={})
    assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    assert Clock(url, "CKJ1", FIRMWARES["face"]).poll() == []
