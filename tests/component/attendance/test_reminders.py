"""Missed points are told of the same evening, while they may be explained, once, and to nobody who missed none."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from services.attendance.storage.rules import rules_of
from services.attendance.usecases import corrections, leaves, projections, reminding, rules, shifts
from shared.actor import system
from shared.contracts.attendance import corrections as of_corrections
from shared.contracts.attendance import leaves as of_leaves
from shared.contracts.attendance import rules as of_rules
from shared.contracts.attendance import shifts as of_shifts
from shared.events.targets import Assignment
from shared.jsontext import loads
from tests.component.attendance.conftest import Bureau, actor, person

# of a Monday
EVENING = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)  # half past eight


@pytest.fixture
def staffed(bureau: Bureau) -> Bureau:
    bureau.approve()
    bureau.handle(projections.keep_persons, *(person(f"P{number}", "D10") for number in range(1, 8)))
    bureau.enrol(**{f"_{number}": f"P{number}" for number in range(1, 8)})
    return bureau


def told(bureau: Bureau) -> list[tuple[str, str]]:
    """Who was told what, as it lies in the outbox."""
    statement = "SELECT body FROM attendance.outbox WHERE event LIKE 'attendance.AttendanceNotice%' ORDER BY id"
    with bureau.sessions.engine.connect() as connection:
        bodies = connection.execute(text(statement)).scalars().all()
    return [(one["person"], one["zh"]) for body in bodies for one in loads(body)]


def remind(bureau: Bureau, at: datetime = EVENING) -> None:
    with bureau.sessions.begin(system("")) as session:
        waiting = reminding.not_reminded(session, at)
    for code in waiting:
        after: str | None = ""
        while after is not None:
            with bureau.sessions.begin(system(code)) as session:
                after = reminding.remind(session, code, at, after)


def test_who_missed_a_point_is_told_the_same_evening_and_once(staffed: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    staffed.push(("1", "2026-01-05 08:50:00"))
    staffed.push(("2", "2026-01-05 08:51:00"), ("2", "2026-01-05 17:02:00"))
    remind(staffed, datetime(2026, 1, 5, 11, 0, tzinfo=UTC))
    assert told(staffed) == [], "it is seven o'clock"
    for _ in range(3):
        remind(staffed)
    remind(staffed, datetime(2026, 1, 6, 12, 30, tzinfo=UTC))
    assert told(staffed) == [("P1", "2026-01-05 缺少打卡：下班。如忘记打卡，请在 2026-01-08 前补签")]


def test_what_broke_off_goes_on_and_tells_nobody_twice(staffed: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    staffed.push(*((str(number), f"2026-01-05 08:5{number}:00") for number in range(1, 8)))
    with staffed.sessions.begin(system("B00")) as session:
        assert reminding.remind(session, "B00", EVENING) == "P2"
    remind(staffed)
    assert [code for code, _ in told(staffed)] == [f"P{number}" for number in range(1, 8)]


def test_nobody_is_told_of_what_was_not_due_is_explained_already_or_may_not_be_explained(staffed: Bureau) -> None:
    staffed.push(*((str(number), f"2026-01-05 08:5{number}:00") for number in range(1, 8) if number != 7))
    exempt = of_shifts.assign_shift.decode({"assignments": [{"person": "P1", "shift": None, "starts": "2026-01-05"}]})
    staffed.do(shifts.assign_shift, exempt)
    away = {"person": "P2", "kind": "annual", "first": "2026-01-05", "last": "2026-01-05", "first_half": "pm"}
    staffed.do(leaves.register_leaves, of_leaves.register_leaves.decode({"leaves": [away]}))
    move = Assignment("S01", "all", "X01", head=False, starts=date(2020, 1, 1), ends=None)
    staffed.handle(projections.keep_persons, person("P3", "S01", moves=[move], revision=2))
    dark = {"unit": "S01", "from": "2026-01-05T16:00:00+08:00", "to": "2026-01-05T18:00:00+08:00", "reason": "停电"}
    down = staffed.do(rules.propose_down, of_rules.propose_down.decode(dark))
    approve = of_rules.decide_down.decode({"down": down["down"], "revision": down["revision"], "approve": True})
    staffed.do(rules.decide_down, approve, by=actor("leader"))
    filed = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
    explained = [{"person": "P4", "day": "2026-01-05", "point": "depart", "reason": "忘记", "at": filed.isoformat()}]
    staffed.do(corrections.file_corrections, of_corrections.file_corrections.decode({"corrections": explained}))
    remind(staffed)
    assert [code for code, _ in told(staffed)] == ["P5", "P6"]


def test_an_hour_of_24_lets_nobody_be_told(staffed: Bureau) -> None:
    staffed.push(("1", "2026-01-05 08:50:00"))
    with staffed.sessions.begin(actor("hr")) as session:
        rules_of(session, "B00").set("remind_from_hour", date(2026, 1, 1), 24)
    remind(staffed)
    assert told(staffed) == []
