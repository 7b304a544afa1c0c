"""Months on a real database: leave, corrections, gatherings, shifts and moves change what a person is charged with."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.attendance.storage.projections import Copies
from services.attendance.usecases import closing, corrections, devices, leaves, months, projections, shifts
from shared.actor import Actor, Grant, system
from shared.clock import SHANGHAI
from shared.contracts.attendance import shifts as of_shifts
from shared.errors import Conflict, Forbidden
from shared.events.targets import Assignment
from tests.component.attendance.conftest import (
    BUREAU,
    JANUARY,
    NIGHT,
    QUERY,
    WORKING,
    Bureau,
    actor,
    cycle,
    person,
    present,
    register,
)


def test_leave_registered_after_the_close_takes_the_absence_back(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07", "2026-01-08"))
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "2", "overleave": "0"}
    (given,) = register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 7))
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "0", "overleave": "1"}
    bureau.do(leaves.withdraw_leave, {"leave": given})
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "2", "overleave": "0"}


def test_leave_that_ended_in_the_month_before_is_overstayed_in_this_one(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    register(bureau, "P1", date(2026, 1, 28), date(2026, 1, 31))
    present(bureau, "1", "2026-02", skip=("2026-02-02", "2026-02-03"))
    bureau.close("2026-02")
    assert bureau.figures("2026-02", "P1")["figures"]["absence"] == {"absent": "0", "overleave": "2"}


def test_nobody_approves_their_own_leave(bureau: Bureau) -> None:
    with pytest.raises(Forbidden):
        register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 7), by=actor("hr", person="P1"))


def test_a_head_approves_for_the_own_unit_only(bureau: Bureau) -> None:
    head = Actor(account="head", name="", bureau=BUREAU, person="P1", grants=(Grant("unit_head", "unit", "S01"),))
    register(bureau, "P2", date(2026, 1, 7), date(2026, 1, 7), by=head)
    bureau.handle(projections.keep_persons, person("P3", "D10"))
    with pytest.raises(Forbidden):
        register(bureau, "P3", date(2026, 1, 7), date(2026, 1, 7), by=head)


def correction(day: date, filed: date) -> dict[str, Any]:
    at = datetime.combine(filed, datetime.min.time(), SHANGHAI) + timedelta(hours=10)
    one = {"person": "P1", "day": day, "point": "depart", "reason": "忘记打卡", "at": at}
    return {"corrections": [one]}


def test_a_missed_punch_explained_within_three_working_days_does_not_count(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    bureau.push(("1", "2026-01-07 08:50:00"))
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "1"}
    with pytest.raises(Conflict, match=r"correction\.late"):
        bureau.do(corrections.file_corrections, correction(date(2026, 1, 7), date(2026, 1, 13)))
    bureau.do(corrections.file_corrections, correction(date(2026, 1, 7), date(2026, 1, 12)))
    assert bureau.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "0"}


def test_only_hr_says_when_an_explanation_came(bureau: Bureau) -> None:
    given = correction(date(2026, 1, 7), date(2026, 1, 8))
    with pytest.raises(Forbidden):
        bureau.do(corrections.file_corrections, given, by=actor("staff", person="P1"))


def test_a_night_shift_over_the_end_of_a_month_is_one_day(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.do(shifts.add_shift, of_shifts.add_shift.decode(NIGHT))
    given = {"person": "P1", "starts": "2026-03-31", "shift": "night"}
    bureau.do(shifts.assign_shift, of_shifts.assign_shift.decode({"assignments": [given]}))
    present(bureau, "1", "2026-03", skip=("2026-03-31",))
    bureau.push(("1", "2026-03-31 17:55:00"))
    bureau.close("2026-03")
    assert bureau.figures("2026-03", "P1")["figures"]["missed_punches"] == {"count": "1"}
    bureau.push(("1", "2026-04-01 07:02:00"))
    figures = bureau.figures("2026-03", "P1")["figures"]
    assert (figures["missed_punches"], figures["late_early"]) == ({"count": "0"}, {"late": "0", "early": "0"})


def test_a_person_who_moved_brings_each_unit_the_days_there(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    moves = [
        Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=date(2026, 1, 11)),
        Assignment("S01", "all", "X02", head=False, starts=date(2026, 1, 12), ends=None),
    ]
    bureau.handle(projections.keep_persons, person("P1", "S01", moves=moves, revision=2))
    present(bureau, "1", "2026-01")
    bureau.close("2026-01")
    due = [
        Decimal(bureau.figures("2026-01", unit)["figures"]["unit_attendance"]["denominator"]) for unit in ("D10", "S01")
    ]
    first = sum(day < date(2026, 1, 12) for day in JANUARY)
    assert due == [first, len(JANUARY) - first]


def test_an_older_state_of_a_person_changes_nothing(bureau: Bureau) -> None:
    bureau.handle(projections.keep_persons, person("P1", "S01", revision=5))
    bureau.handle(projections.keep_persons, person("P1", "D10", revision=4))
    with bureau.sessions.begin(system(BUREAU)) as session:
        found = Copies(session, BUREAU).person("P1")
    assert found is not None
    assert found.unit == "S01"


def test_a_worked_weekend_and_a_local_holiday_come_from_the_cycle(bureau: Bureau) -> None:
    bureau.handle(
        projections.keep_cycles, cycle({"2026-01-10": True, "2026-01-09": False, "2026-01-12": False}, revision=2)
    )
    bureau.enrol(p1="P1")
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == str(len(JANUARY) - 1)


def test_a_month_of_a_year_without_calendar_cannot_be_closed(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    with pytest.raises(Conflict, match=r"calendar\.unknown"):
        bureau.close("2027-03")


def test_only_hr_closes(bureau: Bureau) -> None:
    with pytest.raises(Forbidden):
        closing.close_month(bureau.sessions, actor("office"), {"month": "2026-01"})


def test_staff_see_their_own_figures_only(bureau: Bureau) -> None:
    bureau.enrol(p1="P1", p2="P2")
    bureau.close("2026-01")
    own = bureau.do(months.list_figures, QUERY | {"month": "2026-01"}, by=actor("staff", person="P1"))
    assert [one["subject"] for one in own["items"]] == ["P1"]
    with pytest.raises(Forbidden):
        bureau.do(months.show_figures, {"month": "2026-01", "subject": "P2"}, by=actor("staff", person="P1"))
    shown = bureau.do(months.show_figures, {"month": "2026-01", "subject": "P1"}, by=actor("staff", person="P1"))
    assert len(shown["detail"]["days"]) == len(JANUARY)


def test_a_device_tells_that_it_lives_at_most_once_a_minute(bureau: Bureau) -> None:
    with bureau.sessions.begin(system("")) as session:
        sign = {"serial": "CKJ1", "address": "10.0.0.9"}
        devices.note_device(session, system(""), sign | {"info": "Ver 8.0"})
    before = bureau.do(devices.list_devices, QUERY)["items"][0]["seen_at"]
    with bureau.sessions.begin(system("")) as session:
        devices.note_device(session, system(""), sign | {"info": ""})
    after = bureau.do(devices.list_devices, QUERY)["items"][0]
    assert (after["seen_at"], after["info"]) == (before, "Ver 8.0")


def test_a_bureau_of_three_hundred_closes_within_seconds(bureau: Bureau) -> None:
    codes = [f"Q{number:03}" for number in range(300)]
    bureau.handle(projections.keep_persons, *[person(code, "S01" if n % 2 else "D10") for n, code in enumerate(codes)])
    bureau.enrol_rows(*[{"pin": code, "person": code} for code in codes])
    bureau.approve()
    for code in codes[:50]:
        bureau.push(*bureau.full_month(code, "2026-01", working=WORKING))
    lines = [line for code in codes[50:] for line in bureau.full_month(code, "2026-01", working=WORKING)]
    for start in range(0, len(lines), 2000):
        bureau.push(*lines[start : start + 2000])
    started = datetime.now(SHANGHAI)
    assert bureau.close("2026-01")["persons"] == 300
    assert (datetime.now(SHANGHAI) - started).total_seconds() < 15


def test_every_state_can_be_sent_again(bureau: Bureau) -> None:
    bureau.enrol(p1="P1", p2="P2")
    bureau.close("2026-01")
    assert bureau.count("outbox") == 1, "one message for all states of one type in one transaction"
    replayed = bureau.do(months.replay_state, {}, by=system(BUREAU))
    assert (replayed["states"], bureau.count("outbox")) == (4, 2)
