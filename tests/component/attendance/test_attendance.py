"""Attendance on a real database: what a clock sends is stored once, counted once and corrects what was judged before it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.attendance.storage.copies import Copies
from services.attendance.usecases import copies, devices, enrolments, gatherings, leaves, months, punches, shifts
from shared.actor import Actor, Grant, system
from shared.clock import SHANGHAI
from shared.errors import Conflict, Forbidden, Invalid, Unavailable
from shared.events.targets import Assignment
from shared.working_days import WorkingDays
from tests.component.attendance.conftest import BUREAU, NIGHT, Bureau, actor, cycle, person

WORKING = WorkingDays().between(date(2026, 1, 1), date(2026, 12, 31))
JANUARY = [day for day in WORKING if day.month == 1]
QUERY: dict[str, Any] = {"after": None, "limit": 100, "person": None, "status": None, "layer": None, "state": "stored"}


def leave(**given: Any) -> dict[str, Any]:
    plain = {"kind": "annual", "first_half": 0, "last_half": 1, "starts_at": None, "ends_at": None, "reason": ""}
    return plain | given


def present(bureau: Bureau, pin: str, month: str, skip: tuple[str, ...] = ()) -> None:
    bureau.push(*bureau.full_month(pin, month, skip=skip, working=WORKING))


def test_a_push_sent_twice_counts_once(bureau: Bureau) -> None:
    bureau.approve()
    lines = [("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 17:10:00")]
    assert bureau.push(*lines) == {"taken": 3, "new": 2, "status": "approved"}
    assert bureau.push(*lines) == {"taken": 3, "new": 0, "status": "approved"}
    assert bureau.count("punches") == 2


def test_pushes_of_two_workers_at_once_count_once(bureau: Bureau) -> None:
    bureau.approve()
    lines = [("1", f"2026-01-{day:02} 08:{minute:02}:00") for day in range(5, 25) for minute in range(10)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda order: bureau.push(*lines[::order]), (1, -1, 1, -1)))
    assert bureau.count("punches") == 200


def test_an_unknown_device_is_pending_and_its_punches_count_once_it_is_approved(bureau: Bureau) -> None:
    assert bureau.push(("1", "2026-01-05 08:50:00"), serial="NEW1")["status"] == "pending"
    assert bureau.count("punches") == 0
    page = bureau.do(devices.list_devices, QUERY | {"status": "pending"})
    assert [(one["serial"], one["quarantined"]) for one in page["items"]] == [("NEW1", 1)]
    assert bureau.approve("NEW1")["released"] == 1
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (1, 0)


def test_a_device_of_another_bureau_cannot_be_taken(bureau: Bureau) -> None:
    bureau.approve()
    other = actor("devices", bureau="B99")
    with pytest.raises(Conflict, match=r"device\.elsewhere"):
        bureau.do(devices.register_device, {"serial": "CKJ1", "name": "", "place": ""}, by=other)


def test_a_retired_device_is_quarantined_again(bureau: Bureau) -> None:
    bureau.approve()
    bureau.do(devices.retire_device, "CKJ1", None)
    assert bureau.push(("1", "2026-01-05 08:50:00"))["status"] == "retired"
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (0, 1)


def test_invented_serial_numbers_are_turned_away_past_a_limit(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "MOST_PENDING", 2)
    bureau.push(("1", "2026-01-05 08:50:00"), serial="X1")
    bureau.push(("1", "2026-01-05 08:50:00"), serial="X2")
    with pytest.raises(Unavailable):
        bureau.push(("1", "2026-01-05 08:50:00"), serial="X3")


def test_lines_that_are_no_punch_are_kept_once_and_counted_in_the_answer(bureau: Bureau) -> None:
    bureau.approve()
    assert bureau.push(("1", "2026-01-05 08:50:00"), rejected=("nonsense", "nonsense"))["taken"] == 3
    bureau.push(rejected=("nonsense",))
    assert bureau.count("rejected_lines") == 1


@pytest.mark.parametrize("time", ["2000-01-01 00:00:11", "1971-02-03 08:00:00", "2099-01-01 08:00:00"])
def test_times_that_cannot_be_true_are_kept_apart(bureau: Bureau, time: str) -> None:
    bureau.approve()
    bureau.push(("1", time))
    bureau.push(("1", time))
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (0, 1)
    page = bureau.do(punches.list_punches, QUERY | {"state": "suspect"})
    assert [one["pin"] for one in page["items"]] == ["1"]


def test_punches_page_by_time_without_gaps(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(*[("1", f"2026-01-05 08:{minute:02}:00") for minute in range(7)])
    seen, after = [], None
    while True:
        page = bureau.do(punches.list_punches, QUERY | {"limit": 3, "after": after})
        seen += [one["time"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 7


def test_a_month_of_good_attendance_has_nothing_against_anyone(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1", p2="P2")
    present(bureau, "1", "2026-01")
    present(bureau, "2", "2026-01")
    closed = bureau.close("2026-01")
    assert (closed["persons"], closed["units"], closed["changed"], closed["not_enrolled"]) == (2, 2, 4, [])
    row = bureau.figures("2026-01", "P1")
    assert row["figures"] == {
        "late_early": {"late": "0", "early": "0"},
        "absence": {"absent": "0", "overleave": "0"},
        "missed_punches": {"count": "0"},
        "meeting_absences": {"count": "0"},
        "study_sign_in": {"numerator": "0", "denominator": "0"},
    }
    due = str(len(JANUARY))
    unit = bureau.figures("2026-01", "D10")
    assert (unit["layer"], unit["figures"]) == ("division", {"unit_attendance": {"numerator": due, "denominator": due}})
    assert bureau.figures("2026-01", "S01")["layer"] == "station"


def test_who_is_not_enrolled_has_no_figures_and_is_named(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    assert bureau.close("2026-01")["not_enrolled"] == ["P2"], "P9 belongs to the bureau itself, which is not scored"


def test_a_late_punch_corrects_a_day_already_judged_absent(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    bureau.close("2026-01")
    before = bureau.figures("2026-01", "P1")
    assert before["figures"]["absence"]["absent"] == "1"
    bureau.push(("1", "2026-01-07 08:58:00"), ("1", "2026-01-07 17:01:00"))
    after = bureau.figures("2026-01", "P1")
    assert (after["figures"]["absence"]["absent"], after["revision"]) == ("0", before["revision"] + 1)
    unit = bureau.figures("2026-01", "D10")
    assert unit["figures"]["unit_attendance"]["numerator"] == str(len(JANUARY))
    assert unit["revision"] == 2


def test_a_resent_punch_changes_no_closed_month(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01")
    bureau.close("2026-01")
    present(bureau, "1", "2026-01")
    assert bureau.close("2026-01")["changed"] == 0
    assert bureau.figures("2026-01", "P1")["revision"] == 1


def test_late_punches_of_two_workers_at_once_are_both_in_the_last_figures(bureau: Bureau) -> None:
    bureau.approve("CKJ1")
    bureau.approve("CKJ2")
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07", "2026-01-08"))
    bureau.close("2026-01")
    ready = threading.Barrier(2)

    def push(day: str, serial: str) -> None:
        ready.wait()
        bureau.push(("1", f"2026-01-{day} 08:58:00"), ("1", f"2026-01-{day} 17:01:00"), serial=serial)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(push, ("07", "08"), ("CKJ1", "CKJ2")))
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == "0"


def test_punches_of_an_unknown_pin_wait_and_count_once_the_person_is_enrolled(bureau: Bureau) -> None:
    bureau.approve()
    present(bureau, "007", "2026-01")
    assert len(bureau.do(punches.list_punches, QUERY | {"state": "parked", "limit": 500})["items"]) == 2 * len(JANUARY)
    bureau.enrol(p1="P1")
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == str(len(JANUARY))
    assert bureau.enrol(p007="P1")["replayed"] == len(JANUARY)
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == "0"
    assert bureau.do(punches.list_punches, QUERY | {"state": "parked"})["items"] == []


def test_a_pin_stays_whose_it_is(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    assert bureau.enrol(p1="P1")["enrolled"] == 0
    with pytest.raises(Conflict, match=r"enrolment\.taken") as caught:
        bureau.do(enrolments.enrol_persons, [{"pin": "5", "person": "P2"}, {"pin": "1", "person": "P2"}])
    assert [error["row"] for error in caught.value.errors] == [1]
    assert bureau.count("enrolments") == 1, "all or nothing"


def test_an_unknown_person_is_named_with_the_row(bureau: Bureau) -> None:
    with pytest.raises(Invalid) as caught:
        bureau.do(enrolments.enrol_persons, [{"pin": "1", "person": "P1"}, {"pin": "2", "person": "NOBODY"}])
    assert caught.value.errors[0]["row"] == 1


def test_leave_registered_after_the_close_takes_the_absence_back(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07", "2026-01-08"))
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "2", "overleave": "0"}
    given = bureau.do(leaves.register_leaves, [leave(person="P1", first=date(2026, 1, 7), last=date(2026, 1, 7))])
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "0", "overleave": "1"}
    bureau.do(leaves.withdraw_leave, given["leaves"][0])
    assert bureau.figures("2026-01", "P1")["figures"]["absence"] == {"absent": "2", "overleave": "0"}


def test_leave_that_ended_in_the_month_before_is_overstayed_in_this_one(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.do(leaves.register_leaves, [leave(person="P1", first=date(2026, 1, 28), last=date(2026, 1, 31))])
    present(bureau, "1", "2026-02", skip=("2026-02-02", "2026-02-03"))
    bureau.close("2026-02")
    assert bureau.figures("2026-02", "P1")["figures"]["absence"] == {"absent": "0", "overleave": "2"}


def test_nobody_approves_their_own_leave(bureau: Bureau) -> None:
    with pytest.raises(Forbidden):
        bureau.do(
            leaves.register_leaves,
            [leave(person="P1", first=date(2026, 1, 7), last=date(2026, 1, 7))],
            by=actor("hr", person="P1"),
        )


def test_a_head_approves_for_the_own_unit_only(bureau: Bureau) -> None:
    head = Actor(account="head", name="", bureau=BUREAU, person="P1", grants=(Grant("unit_head", "unit", "S01"),))
    bureau.do(leaves.register_leaves, [leave(person="P2", first=date(2026, 1, 7), last=date(2026, 1, 7))], by=head)
    bureau.handle(copies.keep_persons, person("P3", "D10"))
    with pytest.raises(Forbidden):
        bureau.do(leaves.register_leaves, [leave(person="P3", first=date(2026, 1, 7), last=date(2026, 1, 7))], by=head)


def correction(day: date, filed: date) -> dict[str, Any]:
    at = datetime.combine(filed, datetime.min.time(), SHANGHAI) + timedelta(hours=10)
    return {"person": "P1", "day": day, "point": "depart", "reason": "忘记打卡", "at": at}


def test_a_missed_punch_explained_within_three_working_days_does_not_count(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    bureau.push(("1", "2026-01-07 08:50:00"))
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "1"}
    with pytest.raises(Conflict, match=r"correction\.late"):
        bureau.do(leaves.file_corrections, [correction(date(2026, 1, 7), date(2026, 1, 13))])
    bureau.do(leaves.file_corrections, [correction(date(2026, 1, 7), date(2026, 1, 12))])
    assert bureau.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "0"}


def test_only_hr_says_when_an_explanation_came(bureau: Bureau) -> None:
    with pytest.raises(Forbidden):
        bureau.do(
            leaves.file_corrections, [correction(date(2026, 1, 7), date(2026, 1, 8))], by=actor("staff", person="P1")
        )


def test_gatherings_count_sign_ins_on_any_device_in_the_window(bureau: Bureau) -> None:
    bureau.approve("CKJ1")
    bureau.approve("CKJ2")
    bureau.enrol(p1="P1", p2="P2")
    opens = datetime(2026, 1, 9, 14, 0, tzinfo=SHANGHAI)
    window = {
        "opens_at": opens,
        "closes_at": opens + timedelta(minutes=30),
        "persons": [],
        "units": [],
        "everyone": False,
    }
    called = bureau.do(
        gatherings.call_gatherings,
        [
            {"kind": "meeting", "name": "全局会议", **window, "units": ["D10", "S01"]},
            {"kind": "study", "name": "集中学习", **window, "everyone": True},
        ],
    )
    assert [one["expected"] for one in called["gatherings"]] == [2, 3]
    bureau.push(("1", "2026-01-09 14:30:00"), serial="CKJ2")
    bureau.push(("2", "2026-01-09 14:31:00"), serial="CKJ1")
    bureau.close("2026-01")
    signed, missing = bureau.figures("2026-01", "P1")["figures"], bureau.figures("2026-01", "P2")["figures"]
    assert (signed["meeting_absences"], missing["meeting_absences"]) == ({"count": "0"}, {"count": "1"})
    assert signed["study_sign_in"] == {"numerator": "1", "denominator": "1"}
    assert missing["study_sign_in"] == {"numerator": "0", "denominator": "1"}
    bureau.do(leaves.register_leaves, [leave(person="P2", first=date(2026, 1, 9), last=date(2026, 1, 9))])
    assert bureau.figures("2026-01", "P2")["figures"]["study_sign_in"] == {"numerator": "0", "denominator": "0"}
    for one in called["gatherings"]:
        bureau.do(gatherings.withdraw_gathering, one["gathering"])
    assert bureau.figures("2026-01", "P1")["figures"]["study_sign_in"] == {"numerator": "0", "denominator": "0"}


def test_a_study_sign_in_after_a_forgotten_departure_is_no_early_leave(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-09",))
    bureau.push(("1", "2026-01-09 08:50:00"), ("1", "2026-01-09 14:10:00"))
    opens = datetime(2026, 1, 9, 14, 0, tzinfo=SHANGHAI)
    window = {
        "opens_at": opens,
        "closes_at": opens + timedelta(minutes=30),
        "persons": ["P1"],
        "units": [],
        "everyone": False,
    }
    bureau.do(gatherings.call_gatherings, [{"kind": "study", "name": "集中学习", **window}])
    bureau.close("2026-01")
    figures = bureau.figures("2026-01", "P1")["figures"]
    assert (figures["missed_punches"], figures["absence"]["absent"]) == ({"count": "1"}, "0")


def test_a_night_shift_over_the_end_of_a_month_is_one_day(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.do(shifts.add_shift, NIGHT)
    bureau.do(shifts.assign_shift, [{"person": "P1", "starts": date(2026, 3, 31), "shift": "night"}])
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
    bureau.handle(copies.keep_persons, person("P1", "S01", moves=moves, revision=2))
    present(bureau, "1", "2026-01")
    bureau.close("2026-01")
    due = [
        Decimal(bureau.figures("2026-01", unit)["figures"]["unit_attendance"]["denominator"]) for unit in ("D10", "S01")
    ]
    first = sum(day < date(2026, 1, 12) for day in JANUARY)
    assert due == [first, len(JANUARY) - first]


def test_an_older_state_of_a_person_changes_nothing(bureau: Bureau) -> None:
    bureau.handle(copies.keep_persons, person("P1", "S01", revision=5))
    bureau.handle(copies.keep_persons, person("P1", "D10", revision=4))
    with bureau.sessions.begin(system(BUREAU)) as session:
        found = Copies(session, BUREAU).person("P1")
    assert found is not None
    assert found.unit == "S01"


def test_a_worked_weekend_and_a_local_holiday_come_from_the_cycle(bureau: Bureau) -> None:
    bureau.handle(copies.keep_cycles, cycle({"2026-01-10": True, "2026-01-09": False, "2026-01-12": False}, revision=2))
    bureau.enrol(p1="P1")
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == str(len(JANUARY) - 1)


def test_a_month_of_a_year_without_calendar_cannot_be_closed(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    with pytest.raises(Conflict, match=r"calendar\.unknown"):
        bureau.close("2027-03")


def test_only_hr_closes(bureau: Bureau) -> None:
    with pytest.raises(Forbidden):
        bureau.do(months.close_month, "2026-01", by=actor("office"))


def test_staff_see_their_own_figures_only(bureau: Bureau) -> None:
    bureau.enrol(p1="P1", p2="P2")
    bureau.close("2026-01")
    own = bureau.do(months.list_figures, QUERY | {"month": "2026-01"}, by=actor("staff", person="P1"))
    assert [one["subject"] for one in own["items"]] == ["P1"]
    with pytest.raises(Forbidden):
        bureau.do(months.show_figures, "2026-01", "P2", by=actor("staff", person="P1"))
    shown = bureau.do(months.show_figures, "2026-01", "P1", by=actor("staff", person="P1"))
    assert len(shown["detail"]["days"]) == len(JANUARY)


def test_a_device_tells_that_it_lives_at_most_once_a_minute(bureau: Bureau) -> None:
    with bureau.sessions.begin(system("")) as session:
        devices.note_device(session, "CKJ1", "10.0.0.9", "Ver 8.0")
    before = bureau.do(devices.list_devices, QUERY)["items"][0]["seen_at"]
    with bureau.sessions.begin(system("")) as session:
        devices.note_device(session, "CKJ1", "10.0.0.9", "")
    after = bureau.do(devices.list_devices, QUERY)["items"][0]
    assert (after["seen_at"], after["info"]) == (before, "Ver 8.0")


def test_a_bureau_of_three_hundred_closes_within_seconds(bureau: Bureau) -> None:
    codes = [f"Q{number:03}" for number in range(300)]
    bureau.handle(copies.keep_persons, *[person(code, "S01" if n % 2 else "D10") for n, code in enumerate(codes)])
    bureau.do(enrolments.enrol_persons, [{"pin": code, "person": code} for code in codes])
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
    replayed = bureau.do(months.replay_state, by=system(BUREAU))
    assert (replayed["states"], bureau.count("outbox")) == (4, 2)
