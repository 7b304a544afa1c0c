"""The longest leave goes through three hands, over HTTP on a real database."""

from collections.abc import Iterator

import pytest

from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, cycle, person, unit
from tests.component.attendance.desk import done, refused
from tests.support.databases import Databases
from tests.support.over_http import World, world_of


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([cycle()]) as session:
            projections.keep_units(session, [unit("D10", "division")])
            projections.keep_persons(session, [person("P1", "D10"), person("P2", "D10"), person("P3", "D10")])
            projections.keep_cycles(session, [cycle()])
        yield made


def test_the_longest_leave_is_forwarded_by_hr_and_granted_by_a_leader(world: World) -> None:
    hr = world.log_in("hr", "hr")
    done(hr, "attendance-rules", {"rule": "hr_alone_days", "starts": "2026-04-01", "value": 5})
    staff, head = world.log_in("p1", "staff", person="P1"), world.log_in("head3", person="P3", heads="D10")
    leader = world.log_in("leader8", "leader", person="P8")
    long = {"kind": "annual", "first": "2026-04-07", "last": "2026-04-15"}
    (leave,) = done(staff, "leaves/requests", {"leaves": [long]})["leaves"]
    steps = [done(who, f"leaves/{leave}/decide", {"approve": True})["status"] for who in (head, hr, leader)]
    assert steps == ["endorsed", "forwarded", "approved"]
    assert refused(hr, "leaves", {"leaves": [long | {"person": "P2"}]}) == "leave.chain"
    (listed,) = hr.get("/api/v1/leaves?person=P1").json["items"]
    assert [one["step"] for one in listed["steps"]] == ["endorse", "forward", "approve"]
