"""A clock is counted by the regime that it began under, and a call that nobody answered takes back no answer."""

from dataclasses import replace
from typing import Any

import pytest

from services.complaints.domain import deadlines as counted
from services.complaints.domain.calendars import Almanac
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.figures import facts
from services.complaints.domain.regimes import Readings
from services.complaints.domain.settings import DatedSettings, Settings
from tests.support.histories import DAYS, case_of, day, lived, moment, registration

BY_START = Almanac(
    [(moment("01-01"), DAYS)],
    DatedSettings([(day("01-01"), Settings(readings={"令20": Readings(by_receipt=False)}))]),
)
NAMED = [registration("04-10", "report", real_name=True)]
FILED = ("conclude", "04-20", {"outcome": "filed"})


@pytest.mark.parametrize(("calendar", "told"), [(DAYS, True), (BY_START, False)])
def test_a_reporter_is_told_of_the_filing_by_the_regime_of_that_day(calendar: Any, *, told: bool) -> None:
    case = case_of(lived(NAMED, ("assign", "04-13", {"unit": "S01", "handler": "P2"}), FILED, calendar=calendar))
    assert ("tell_filing" in {one.name for one in deadlines(case, calendar)}) is told
    assert {"filed", "verify"} <= {one.name for one in deadlines(case, calendar)}


def test_a_clock_that_the_regime_has_not_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(lived(NAMED, FILED))
    lacking = {name: term for name, term in counted.regime_of(case).terms.items() if name != "filed"}
    monkeypatch.setattr(counted, "regime_of", lambda *_: replace(counted.regime_on(day("04-10")), terms=lacking))
    assert "filed" not in {one.name for one in deadlines(case, DAYS)}


def test_a_second_call_that_nobody_answers_leaves_the_first_answer_standing() -> None:
    concluded = lived(
        [registration("06-01")],
        ("assign", "06-01", {"unit": "S01", "handler": "P2"}),
        ("accept", "06-02"),
        ("conclude", "06-20", {"outcome": "settled"}),
    )
    cross = ("follow_up", "06-22", {"answered": True, "satisfaction": "dissatisfied"})
    again = lived(concluded, cross, ("redo", "06-24"), ("follow_up", "06-25", {"answered": False}))
    case = case_of(again)
    assert (case.answered, case.satisfaction, case.followed_up_at) == (True, "dissatisfied", moment("06-22"))
    (share,) = [one for one in facts(case, DAYS) if one.figure == "follow_up_satisfaction"]
    assert (share.numerator, share.denominator, share.day) == (0, 1, day("06-22"))
    (calls,) = [one for one in facts(case, DAYS) if one.figure == "follow_ups"]
    assert calls.numerator == 1
    reached = case_of(lived(again, ("follow_up", "06-26", {"answered": True, "satisfaction": "satisfied"})))
    assert (reached.satisfaction, reached.follow_ups) == ("satisfied", 2)


def test_a_first_call_that_nobody_answers_is_on_record() -> None:
    concluded = lived([registration("06-01")], ("accept", "06-02"), ("conclude", "06-20", {"outcome": "settled"}))
    case = case_of(lived(concluded, ("follow_up", "06-22", {"answered": False})))
    assert (case.answered, case.satisfaction, case.followed_up_at) == (False, None, moment("06-22"))


def test_what_moves_a_clock_and_is_entered_late_is_marked_with_it() -> None:
    """A pause from two weeks ago makes a miss kept: the figure says that it rests on it."""
    verified = ("conclude", "05-07", {"outcome": "not_filed"})
    in_time = lived(NAMED, ("pause", "04-13"), ("resume", "04-17"), verified)
    late = [replace(one, recorded_at=moment("05-08")) if one.name in ("pause", "resume") else one for one in in_time]
    told = [
        [
            (one.numerator, one.backdated)
            for one in facts(case_of(history), DAYS)
            if one.figure == "reports_verified_in_time"
        ]
        for history in (in_time, late)
    ]
    assert told == [[(1, False)], [(1, True)]]
