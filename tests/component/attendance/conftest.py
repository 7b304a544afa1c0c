"""A small bureau as attendance knows it: two units, three people, the cycle 2026."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from werkzeug.serving import make_server

from services.attendance.storage.tables import month_figures
from services.attendance.usecases import closing, devices, enrolments, leaves, projections, punches
from shared.actor import Actor, Grant, system
from shared.contracts.attendance import devices as of_devices
from shared.contracts.attendance import enrolments as of_enrolments
from shared.contracts.attendance import leaves as of_leaves
from shared.contracts.attendance import punches as of_punches
from shared.database import Sessions, open_sessions
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.events.targets import Assignment
from shared.working_days import WorkingDays
from tests.support.databases import Databases
from tests.support.over_http import World
from tests.support.somebody import somebody

BUREAU = "B00"
WORKING = WorkingDays().between(date(2026, 1, 1), date(2026, 12, 31))
JANUARY = [day for day in WORKING if day.month == 1]
QUERY: dict[str, Any] = {
    **of_punches.list_punches.decode({}),
    **of_leaves.list_leaves.decode({}),
    **of_devices.list_devices.decode({}),
    "layer": None,
}
NIGHT = {"shift": "night", "name": "夜班", "spans": [[18 * 60, 31 * 60]]}


def actor(*roles: str, person: str | None = None, bureau: str = BUREAU) -> Actor:
    return Actor(
        account="-".join(roles),
        name="测试",
        bureau=bureau,
        person=somebody(person, "-".join(roles), roles),
        grants=tuple(Grant(one, "bureau") for one in roles),
    )


def unit(code: str, kind: str, bureau: str = BUREAU) -> UnitChanged:
    return UnitChanged(
        bureau=bureau, unit=code, revision=1, name=code, kind=kind, line="all", parent=None, active=True, by="test"
    )


def person(code: str, at: str, *, moves: list[Assignment] | None = None, revision: int = 1) -> PersonChanged:
    assignments = moves or [Assignment(at, "all", "X01", head=False, starts=date(2020, 1, 1), ends=None)]
    return PersonChanged(
        bureau=BUREAU,
        person=code,
        revision=revision,
        name=code,
        unit=at,
        line="all",
        position="X01",
        head=False,
        assignments=assignments,
        active=True,
        by="test",
    )


def cycle(calendar: dict[str, bool] | None = None, revision: int = 1) -> CycleChanged:
    return CycleChanged(
        bureau=BUREAU,
        cycle="2026",
        revision=revision,
        status="open",
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        periods=[],
        library_revision=1,
        model_revision=1,
        weights={},
        composite={},
        rounding="half_up",
        quota_percent=10,
        tie_chain=[],
        calendar=calendar or {},
        by="test",
    )


class Bureau:
    """Does to the service what its entrypoints do, one transaction each."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def do(self, usecase: Callable[..., Any], *arguments: Any, by: Actor | None = None) -> Any:
        by = by or actor("hr", "devices", "office")
        with self.sessions.begin(by) as session:
            return usecase(session, by, *arguments)

    def handle(self, usecase: Callable[..., None], *states: Any) -> None:
        with self.sessions.begin_handling(states) as session:
            usecase(session, states)

    def push(
        self,
        *lines: tuple[str, str],
        serial: str = "CKJ1",
        rejected: tuple[str, ...] = (),
        address: str = "10.0.0.9",
        reason: str = "time",
        verify: int = 1,
    ) -> dict[str, Any]:
        """``lines``: (PIN, local time)."""
        push = {
            "serial": serial,
            "address": address,
            "punches": [
                {
                    "pin": pin,
                    "time": datetime.fromisoformat(time),
                    "status": 255,
                    "verify": verify,
                    "raw": f"{pin}\t{time}\t255\t{verify}",
                }
                for pin, time in lines
            ],
            "rejected": [{"raw": raw, "reason": reason} for raw in rejected],
        }
        with self.sessions.begin(system("")) as session:
            return punches.take_punches(session, session.info["actor"], push)

    def approve(self, serial: str = "CKJ1", **more: Any) -> dict[str, Any]:
        command = of_devices.register_device.decode({"serial": serial, "name": "大门", "place": "一楼", **more})
        return self.do(devices.register_device, command)  # type: ignore[no-any-return]

    def enrol(self, **pins: str) -> dict[str, Any]:
        rows = [{"pin": pin[1:], "person": code} for pin, code in pins.items()]
        return self.enrol_rows(*rows)  # type: ignore[no-any-return]

    def enrol_rows(self, *rows: dict[str, Any]) -> dict[str, Any]:
        command = of_enrolments.enrol_persons.decode({"enrolments": rows})
        return self.do(enrolments.enrol_persons, command)  # type: ignore[no-any-return]

    def close(self, month: str) -> dict[str, Any]:
        return closing.close_month(self.sessions, actor("hr", "devices", "office"), {"month": month})

    def figures(self, month: str, subject: str) -> dict[str, Any]:
        with self.sessions.begin(system(BUREAU)) as session:
            chosen = select(month_figures).where(month_figures.c.month == month, month_figures.c.subject == subject)
            return dict(session.execute(chosen).mappings().one())

    def count(self, table: str) -> int:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(f"SELECT count(*) FROM attendance.{table}")).scalar_one()

    def full_month(
        self, pin: str, month: str, *, skip: tuple[str, ...] = (), working: list[date]
    ) -> list[tuple[str, str]]:
        """Punches of somebody who keeps the standard hours on every working day but those skipped."""
        days = [day for day in working if f"{day:%Y-%m}" == month and day.isoformat() not in skip]
        return [(pin, f"{day} {time}") for day in days for time in ("08:50:00", "17:10:00")]


@pytest.fixture
def bureau(database: Databases) -> Iterator[Bureau]:
    sessions = open_sessions(database("attendance"), "attendance")
    made = Bureau(sessions)
    made.handle(projections.keep_units, unit("B00", "bureau"), unit("D10", "division"), unit("S01", "station"))
    made.handle(projections.keep_persons, person("P1", "D10"), person("P2", "S01"), person("P9", "B00"))
    made.handle(projections.keep_cycles, cycle())
    yield made
    sessions.engine.dispose()


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """Serve the module's own ``world`` on a socket."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def days_of(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    return [first + timedelta(days=n) for n in range(31) if f"{first + timedelta(days=n):%Y-%m}" == month]


def present(bureau: Bureau, pin: str, month: str, skip: tuple[str, ...] = ()) -> None:
    bureau.push(*bureau.full_month(pin, month, skip=skip, working=WORKING))


def register(bureau: Bureau, person: str, first: date, last: date, by: Actor | None = None) -> list[str]:
    one = {"person": person, "kind": "annual", "first": first.isoformat(), "last": last.isoformat()}
    command = of_leaves.register_leaves.decode({"leaves": [one]})
    return bureau.do(leaves.register_leaves, command, by=by)["leaves"]  # type: ignore[no-any-return]
