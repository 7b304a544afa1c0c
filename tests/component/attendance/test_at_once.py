"""What two requests ask for at the same moment is granted once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text

from services.attendance.usecases import allowances, corrections, projections, shifts
from shared.actor import Actor
from shared.contracts.attendance import allowances as of_allowances
from shared.contracts.attendance import corrections as of_corrections
from shared.contracts.attendance import shifts as of_shifts
from shared.errors import Problem
from shared.events.targets import Assignment
from tests.component.attendance.conftest import Bureau, actor, person, present, register


def both(act: Callable[[int], object]) -> list[str]:
    """Do it twice at the same moment; returns the codes of what was refused."""
    ready = threading.Barrier(2)

    def tried(number: int) -> str:
        ready.wait()
        try:
            act(number)
        except Problem as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(tried, range(2)))


def test_equal_leaves_asked_for_at_once_are_one_leave(bureau: Bureau) -> None:
    for day in range(5, 10):
        found = both(lambda _, day=day: register(bureau, "P1", date(2026, 1, day), date(2026, 1, day)))  # type: ignore[misc]
        assert found == ["", "leave.overlap"]


def test_explanations_filed_at_once_stay_within_the_month(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.push(*[("1", f"2026-01-{day:02} 08:50:00") for day in range(5, 10)])

    def explain(day: int) -> None:
        at = f"2026-01-{day + 1:02}T10:00:00+08:00"
        one = {"person": "P1", "day": f"2026-01-{day:02}", "point": "depart", "reason": "忘记打卡", "at": at}
        command = of_corrections.file_corrections.decode({"corrections": [one]})
        bureau.do(corrections.file_corrections, command)

    explain(5)
    explain(6)
    assert both(lambda number: explain(7 + number)) == ["", "correction.limit"]


# What holds until further notice, told while a month is being closed: the closing waits for it, or it recomputes the month.

HR = actor("hr", "devices", "office")
EXEMPT = of_shifts.assign_shift.decode({"assignments": [{"person": "P1", "shift": None, "starts": "2025-12-01"}]})
LATER = of_allowances.give_allowances.decode(
    {"allowances": [{"person": "P1", "starts": "2025-12-01", "ends": "2026-12-31", "arrive_later": 60}]}
)
GONE = [Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=date(2026, 1, 15))]


def exempted(session: Any, by: Actor) -> None:
    shifts.assign_shift(session, by, EXEMPT)


def allowed(session: Any, by: Actor) -> None:
    allowances.give_allowances(session, by, LATER)


def gone(session: Any, _by: Actor) -> None:
    projections.keep_persons(session, [person("P1", "D10", moves=GONE, revision=2)])


@pytest.mark.parametrize("fact", [exempted, allowed, gone])
def test_a_month_closed_while_a_fact_is_being_told_knows_of_it(
    bureau: Bureau, fact: Callable[[Any, Actor], None]
) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-05", "2026-01-20"))
    bureau.push(("1", "2026-01-05 09:30:00"))
    closing = ThreadPoolExecutor(1)
    with bureau.sessions.begin(HR) as session:
        fact(session, HR)
        closed = closing.submit(bureau.close, "2026-01")
        while not (closed.done() or waiting(bureau)):
            sleep(0.02)
    assert closed.result()["month"] == "2026-01"
    closing.shutdown()
    stored = bureau.figures("2026-01", "P1")["figures"]
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"] == stored, "closing again finds nothing new"


def waiting(bureau: Bureau) -> bool:
    with bureau.sessions.engine.connect() as connection:
        found = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(connection.execute(found).scalar_one())
