"""What is learnt after a month was closed, and what may not be closed or explained yet."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.attendance.usecases import apart, closing, corrections, leaves, months, projections, rules, shifts
from shared.clock import SHANGHAI, today
from shared.contracts.attendance import corrections as of_corrections
from shared.contracts.attendance import punches as of_punches
from shared.contracts.attendance import rules as of_rules
from shared.contracts.attendance import shifts as of_shifts
from shared.errors import Conflict, Forbidden, Invalid
from shared.events.targets import Assignment
from shared.vocabulary.refusals import Refused
from tests.component.attendance.conftest import JANUARY, WORKING, Bureau, actor, cycle, person, present, register

STAFF = actor("staff", person="P1")


def explain(
    bureau: Bureau, day: str, point: str, filed: str | None = "2026-01-08T10:00:00+08:00", by: object = None
) -> object:
    one = {"person": "P1", "day": day, "point": point, "reason": "忘记打卡", "at": filed}
    command = of_corrections.file_corrections.decode({"corrections": [one]})
    return bureau.do(corrections.file_corrections, command, by=by)  # type: ignore[arg-type]


def absent(bureau: Bureau, month: str = "2026-01", subject: str = "P1") -> str:
    return str(bureau.figures(month, subject)["figures"]["absence"]["absent"])


def changes(bureau: Bureau, month: str = "2026-01") -> list[str]:
    shown = bureau.do(months.show_figures, {"month": month, "subject": "P1"})
    return [one["cause"] for one in shown["changes"]]


@pytest.fixture
def closed(bureau: Bureau) -> Bureau:
    """January closed; P1 was there every day but the seventh."""
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    bureau.close("2026-01")
    return bureau


def test_a_month_that_is_not_over_cannot_be_closed(bureau: Bureau) -> None:
    for code in (f"{today():%Y-%m}", "2026-12"):
        with pytest.raises(Conflict, match=r"month\.open"):
            bureau.close(code)


def test_a_punch_dated_ahead_of_its_receipt_is_kept_apart_though_its_year_is_under_way(bureau: Bureau) -> None:
    bureau.approve()
    ahead = datetime.now(SHANGHAI) + timedelta(days=3)
    bureau.push(("1", f"{ahead:%Y-%m-%d %H:%M:%S}"))
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (0, 1)


def test_who_left_within_a_closed_month_is_absent_on_no_day_after(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.push(*[line for line in bureau.full_month("1", "2026-01", working=WORKING) if line[1] < "2026-01-16"])
    bureau.close("2026-01")
    assert absent(bureau) == str(sum(day > date(2026, 1, 15) for day in JANUARY))
    left = Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=date(2026, 1, 15))
    bureau.handle(projections.keep_persons, person("P1", "D10", moves=[left], revision=2))
    assert (absent(bureau), changes(bureau)) == ("0", ["assignment"])
    due = str(sum(day <= date(2026, 1, 15) for day in JANUARY))
    assert bureau.figures("2026-01", "D10")["figures"]["unit_attendance"] == {"numerator": due, "denominator": due}


def test_who_turns_out_to_have_moved_brings_nothing_to_the_unit_before(closed: Bureau) -> None:
    moved = Assignment("S01", "all", "X01", head=False, starts=date(2020, 1, 1), ends=None)
    closed.handle(projections.keep_persons, person("P1", "S01", moves=[moved], revision=2))
    assert closed.figures("2026-01", "D10")["figures"]["unit_attendance"] == {"numerator": "0", "denominator": "0"}
    assert closed.figures("2026-01", "S01")["figures"]["unit_attendance"]["denominator"] == str(len(JANUARY))


def test_a_changed_calendar_and_a_changed_shift_change_closed_months_at_once(closed: Bureau) -> None:
    closed.handle(projections.keep_cycles, cycle({"2026-01-07": False}, revision=2))
    assert (absent(closed), changes(closed)) == ("0", ["calendar"])
    given = of_shifts.assign_shift.decode({"assignments": [{"person": "P1", "shift": None, "starts": "2026-01-01"}]})
    closed.do(shifts.assign_shift, given)
    assert closed.figures("2026-01", "D10")["figures"]["unit_attendance"]["denominator"] == "0"


def test_what_changes_a_closed_month_is_on_record_with_its_cause(closed: Bureau) -> None:
    assert changes(closed) == []
    closed.push(("1", "2026-01-07 08:58:00"), ("1", "2026-01-07 17:01:00"))
    (changed,) = closed.do(months.show_figures, {"month": "2026-01", "subject": "P1"})["changes"]
    assert (changed["cause"], changed["before"]["absence"]["absent"], changed["after"]["absence"]["absent"]) == (
        "punch",
        "1",
        "0",
    )


def test_only_a_missed_point_of_a_past_working_day_is_explained(closed: Bureau) -> None:
    closed.push(("1", "2026-01-07 08:50:00"))
    for day, point, filed in (
        ("2026-01-10", "depart", "2026-01-12T10:00:00+08:00"),
        ("2026-01-07", "noon_in", "2026-01-08T10:00:00+08:00"),
    ):
        with pytest.raises(Invalid):
            explain(closed, day, point, filed)
    for day, point, filed in (
        ("2026-01-07", "arrive", "2026-01-08T10:00:00+08:00"),
        ("2026-01-09", "depart", "2026-01-08T10:00:00+08:00"),
        (f"{next(one for one in WORKING if one > today()):%Y-%m-%d}", "depart", None),
    ):
        with pytest.raises(Conflict):
            explain(closed, day, point, filed)
    assert explain(closed, "2026-01-07", "depart") == {"filed": 1}


def test_an_explanation_of_ones_own_counts_once_somebody_else_has_approved_it(
    closed: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed.push(("1", "2026-01-07 08:50:00"))
    monkeypatch.setattr(corrections, "now", lambda: datetime(2026, 1, 8, 10, tzinfo=SHANGHAI))
    explain(closed, "2026-01-07", "depart", None, by=STAFF)
    missed = closed.figures("2026-01", "P1")["figures"]["missed_punches"]
    assert missed == {"count": "1"}
    one = {"person": "P1", "day": "2026-01-07", "point": "depart", "approve": True}
    decision = of_corrections.decide_corrections.decode({"corrections": [one]})
    with pytest.raises(Forbidden):
        closed.do(corrections.decide_corrections, decision, by=actor("hr", person="P1"))
    closed.do(corrections.decide_corrections, decision)
    assert closed.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "0"}
    taken_back = of_corrections.withdraw_corrections.decode(
        {"corrections": [{k: v for k, v in one.items() if k != "approve"}]}
    )
    closed.do(corrections.withdraw_corrections, taken_back, by=STAFF)
    assert closed.figures("2026-01", "P1")["figures"]["missed_punches"] == {"count": "1"}


def test_an_explanation_outweighs_a_punch_in_the_middle_of_the_day(closed: Bureau) -> None:
    closed.push(("1", "2026-01-07 08:58:00"), ("1", "2026-01-07 12:30:00"))
    assert absent(closed) == "0.5"
    explain(closed, "2026-01-07", "depart")
    assert absent(closed) == "0"


def test_a_day_without_any_punch_is_not_explained_point_by_point(closed: Bureau) -> None:
    for point in ("arrive", "depart"):
        with pytest.raises(Conflict, match=r"correction\.absent"):
            explain(closed, "2026-01-07", point)


def test_no_more_is_explained_in_a_month_than_the_rules_allow(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    for day in ("05", "06", "07", "08"):
        bureau.push(("1", f"2026-01-{day} 08:50:00"))
    for day in ("05", "06", "07"):
        explain(bureau, f"2026-01-{day}", "depart")
    with pytest.raises(Conflict, match=r"correction\.limit"):
        explain(bureau, "2026-01-08", "depart", "2026-01-09T10:00:00+08:00")


def test_leaves_that_overlap_or_exceed_the_year_are_refused(bureau: Bureau) -> None:
    register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 7))
    with pytest.raises(Conflict, match=r"leave\.overlap"):
        register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 7))
    with pytest.raises(Conflict, match=r"leave\.limit"):
        register(bureau, "P2", date(2026, 1, 1), date(2026, 12, 31))
    register(bureau, "P2", date(2026, 2, 2), date(2026, 2, 14))
    with pytest.raises(Conflict, match=r"leave\.limit"):
        register(bureau, "P2", date(2026, 6, 1), date(2026, 6, 10))


def test_a_rest_day_worked_is_in_the_month_with_what_it_gives(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.push(("1", "2026-01-01 08:50:00"), ("1", "2026-01-01 17:00:00"), ("1", "2026-01-03 09:00:00"))
    bureau.close("2026-01")
    worked = bureau.do(months.show_figures, {"month": "2026-01", "subject": "P1"})["detail"]["rest_days"]
    assert [(one["day"], one["earned"]) for one in worked] == [("2026-01-01", "1"), ("2026-01-03", "0")]


def test_clocks_out_of_order_are_held_against_nobody_once_somebody_else_confirms(closed: Bureau) -> None:
    day = {"from": "2026-01-07T08:00:00+08:00", "to": "2026-01-07T18:00:00+08:00", "unit": "D10", "reason": "停电"}
    said = closed.do(rules.propose_down, of_rules.propose_down.decode(day))
    decision = of_rules.decide_down.decode({"down": said["down"], "approve": True})
    with pytest.raises(Forbidden):
        closed.do(rules.decide_down, decision)
    closed.do(rules.decide_down, decision, by=actor("leader"))
    assert (absent(closed), changes(closed)) == ("0", ["down"])


def test_a_punch_in_doubt_counts_once_hr_accepts_it_and_comes_again_without_harm(closed: Bureau) -> None:
    with closed.sessions.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO attendance.suspect_punches (device, pin, time, status, verify, raw, received_at, bureau, reason)"
                " VALUES ('CKJ1', '1', '2026-01-07 00:50+00', 255, 1, 'x', now(), 'B00', 'in_future')"
            )
        )
    key: dict[str, Any] = {
        "device": "CKJ1",
        "pin": "1",
        "time": datetime(2026, 1, 7, 8, 50, tzinfo=SHANGHAI),
        "status": 255,
        "verify": 1,
    }
    decision = {**key, "time": key["time"].isoformat(), "accept": True}
    command = of_punches.decide_punches.decode({"punches": [decision]})
    assert closed.do(apart.decide_punches, command) == {"accepted": 1, "refused": 0}
    assert absent(closed) == "0"
    with pytest.raises(Conflict, match=r"punch\.decided"):
        closed.do(apart.decide_punches, command)


def test_who_is_back_earlier_ends_the_leave_and_is_judged_again(closed: Bureau) -> None:
    (leave,) = register(closed, "P1", date(2026, 1, 7), date(2026, 1, 9))
    assert absent(closed) == "0"
    ended = {"leave": leave, "last": date(2026, 1, 7), "last_half": "pm", "ends_at": None, "revision": 1}
    assert closed.do(leaves.end_leave, ended, by=STAFF)["revision"] == 2
    with pytest.raises(Refused):
        closed.do(leaves.end_leave, ended | {"revision": 2})


def test_a_month_is_closed_by_parts_and_a_punch_between_two_of_them_counts(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.approve()
    bureau.enrol(p1="P1", p2="P2")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    present(bureau, "2", "2026-01")
    monkeypatch.setattr(closing, "AT_ONCE", 1)
    seen: list[object] = []
    begin = closing._judge

    def between(session: object, *given: object) -> object:
        if seen == [["P1"]]:
            bureau.push(("1", "2026-01-07 08:50:00"), ("1", "2026-01-07 17:10:00"))
        seen.append(list(given[2]))  # type: ignore[call-overload]
        return begin(session, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(closing, "_judge", between)
    closed = bureau.close("2026-01")
    assert (closed["persons"], closed["units"], seen) == (2, 2, [["P1"], ["P2"]])
    assert absent(bureau) == "0"
    due = str(len(JANUARY))
    assert bureau.figures("2026-01", "D10")["figures"]["unit_attendance"] == {"numerator": due, "denominator": due}
    assert bureau.figures("2026-01", "D10")["revision"] == 1
