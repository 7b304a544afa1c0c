"""HR's desk over HTTP: a bureau of two with a clock, and what its tests ask of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, WORKING, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

API = "/api/v1"
MARCH = [day for day in WORKING if f"{day:%Y-%m}" == "2026-03"]
ABSENT = [day for day in MARCH if 9 <= day.day <= 12]


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([cycle()]) as session:
            projections.keep_units(session, [unit("D10", "division"), unit("S01", "station")])
            projections.keep_persons(session, [person("P1", "D10"), person("P2", "S01")])
            projections.keep_cycles(session, [cycle()])
        yield made


@pytest.fixture
def hr(world: World) -> FlaskClient:
    """HR; P1 was there in March but for four days running, late once, and left without pressing once."""
    client = world.log_in("hr", "hr", "devices", person="P7")
    client.post(f"{API}/devices", json={"serial": "CKJ1", "name": "大门"})
    client.post(f"{API}/enrolments", json={"enrolments": [{"pin": "1", "person": "P1"}]})
    there = [day for day in MARCH if day not in ABSENT]
    lines = [f"{day} {time}" for day in there for time in ("08:50:00", "17:01:00")]
    lines.remove(f"{there[1]} 17:01:00")
    lines[0] = f"{there[0]} 09:20:00"
    push(world, *lines)
    return client


def push(world: World, *times: str, serial: str = "CKJ1") -> None:
    body = "".join(f"1\t{time}\t255\t1\n" if time[0] == "2" else f"{time}\n" for time in times)
    answer = world.app.test_client().post(f"/iclock/cdata?SN={serial}&table=ATTLOG", data=body)
    assert answer.data == f"OK: {len(times)}".encode()


def done(client: FlaskClient, path: str, body: Any = None) -> Any:
    answer = client.post(f"{API}/{path}", json=body) if body else client.post(f"{API}/{path}")
    assert answer.status_code in (200, 201), answer.text
    return answer.json


def refused(client: FlaskClient, path: str, body: Any) -> str:
    answer = client.post(f"{API}/{path}", json=body)
    assert 400 <= answer.status_code < 500, answer.text
    return str(answer.json["code"])


def items(client: FlaskClient, path: str) -> list[Any]:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json["items"]
    return found
