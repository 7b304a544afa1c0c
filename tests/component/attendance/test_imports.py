"""Punches that come on paper, in sheets and from another maker's terminal, through the gateway to the database."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([cycle()]) as session:
            projections.keep_units(session, [unit("D10", "division")])
            projections.keep_persons(session, [person("P1", "D10")])
        yield made


@pytest.fixture
def keeper(world: World) -> FlaskClient:
    client = world.log_in("keeper", "devices")
    client.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    client.post("/api/v1/enrolments", json={"enrolments": [{"pin": "7", "person": "P1"}]})
    return client


def brought(client: FlaskClient, data: bytes, name: str) -> Any:
    answer = client.post("/api/v1/devices/CKJ1/punches", data={"file": (io.BytesIO(data), name)})
    return answer.status_code, answer.json


def times(client: FlaskClient) -> list[str]:
    return [one["time"] for one in client.get("/api/v1/punches?person=P1").json["items"]]


def test_a_sheet_is_taken_once_and_its_bad_rows_are_named_by_their_numbers(keeper: FlaskClient) -> None:
    text = "工号,打卡时间\n7,2026/1/5 8:50\n7,昨天\n\n7,2026-01-05 17:10:00\n".encode("gb18030")
    report = {"taken": 3, "new": 2, "errors": [{"row": 3, "reason": "time"}]}
    assert brought(keeper, text, "打卡.csv") == (200, report)
    book, out = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in (("工号", "打卡时间"), (7, "2026-01-05 08:50"), (7, "2026-01-06 08:50")):
        page.append(row)
    book.save(out)
    assert brought(keeper, out.getvalue(), "打卡.xlsx") == (200, {"taken": 2, "new": 1, "errors": []})
    assert len(times(keeper)) == 3
    status, problem = brought(keeper, b"PK\x03\x04nonsense", "打卡.xlsx")
    assert (status, problem["code"]) == (422, "sheet.unreadable")


def test_a_terminal_of_another_maker_is_approved_as_any_clock(world: World, keeper: FlaskClient) -> None:
    event = {
        "eventType": "AccessControllerEvent",
        "dateTime": "2026-01-05T08:50:00+08:00",
        "AccessControllerEvent": {"subEventType": 75, "employeeNoString": "7"},
    }
    terminal = world.app.test_client()
    for _ in range(2):
        assert terminal.post("/iclock/hikvision/DSK1", json=event).data == b"OK"
    assert times(keeper) == []
    approved = keeper.post("/api/v1/devices", json={"serial": "DSK1", "name": "侧门"})
    assert approved.json["released"] == 1
    assert times(keeper) == ["2026-01-05T00:50:00+00:00"]


def test_access_controls_transactions_under_either_address_count(world: World, keeper: FlaskClient) -> None:
    clock = world.app.test_client()
    line = b"transaction cardno=0\tpin=7\tverified=1\teventtype=0\tinoutstate=0\ttime=2026-01-05 08:50:0%d\n"
    for number, path in enumerate(("cdata?SN=CKJ1&table=tabledata", "querydata?SN=CKJ1&type=tabledata")):
        answer = clock.put(f"/iclock/{path}&tablename=transaction&count=1", data=line % number)
        assert (answer.status_code, answer.data) == (200, b"OK")
    assert len(times(keeper)) == 2
