"""Meetings and study sessions on a real database: who signs in where, and what a sign-in proves."""

from datetime import date, datetime, timedelta

import pytest

from services.attendance.usecases import gatherings, month_days
from shared.clock import SHANGHAI
from shared.contracts.attendance import days as of_days
from tests.component.attendance.conftest import Bureau, present, register


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
        {
            "gatherings": [
                {"kind": "meeting", "name": "全局会议", **window, "units": ["D10", "S01"]},
                {"kind": "study", "name": "集中学习", **window, "everyone": True},
            ]
        },
    )
    assert [one["expected"] for one in called["gatherings"]] == [2, 3]
    bureau.push(("1", "2026-01-09 14:30:00"), serial="CKJ2")
    bureau.push(("2", "2026-01-09 14:31:00"), serial="CKJ1")
    bureau.close("2026-01")
    signed, missing = bureau.figures("2026-01", "P1")["figures"], bureau.figures("2026-01", "P2")["figures"]
    assert (signed["meeting_absences"], missing["meeting_absences"]) == ({"count": "0"}, {"count": "1"})
    assert signed["study_sign_in"] == {"numerator": "1", "denominator": "1"}
    assert missing["study_sign_in"] == {"numerator": "0", "denominator": "1"}
    month = bureau.do(month_days.show_days, of_days.show_days.decode({"month": "2026-01", "person": "P2"}))
    told = {(one["name"], one["opens"], one["outcome"]) for one in month["sign_ins"]}
    assert told == {(name, "2026-01-09T14:00:00", "missing") for name in ("全局会议", "集中学习")}
    register(bureau, "P2", date(2026, 1, 9), date(2026, 1, 9))
    assert bureau.figures("2026-01", "P2")["figures"]["study_sign_in"] == {"numerator": "0", "denominator": "0"}
    for one in called["gatherings"]:
        bureau.do(gatherings.withdraw_gathering, one)
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
    bureau.do(gatherings.call_gatherings, {"gatherings": [{"kind": "study", "name": "集中学习", **window}]})
    bureau.close("2026-01")
    figures = bureau.figures("2026-01", "P1")["figures"]
    assert (figures["missed_punches"], figures["absence"]["absent"]) == ({"count": "1"}, "0")


def test_a_gathering_that_is_not_over_has_no_outcome(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    opens = datetime(2026, 1, 9, 14, 0, tzinfo=SHANGHAI)
    window = {"opens_at": opens, "closes_at": opens + timedelta(minutes=30), "persons": ["P1"], "units": []}
    study = {"kind": "study", "name": "学习", **window, "everyone": False}
    bureau.do(gatherings.call_gatherings, {"gatherings": [study]})
    for minute, outcome in ((29, None), (30, "missing")):
        monkeypatch.setattr(month_days, "now", lambda at=minute: opens + timedelta(minutes=at))
        told = bureau.do(month_days.show_days, of_days.show_days.decode({"month": "2026-01", "person": "P1"}))
        assert [one["outcome"] for one in told["sign_ins"]] == [outcome]
