"""When the clocks are watched: working hours counted back, quiet hours and days off passed over, what is told of one clock only once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from services.complaints.domain.calendars import Almanac, Provisional, known_until
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.settings import DatedSettings, Settings
from services.complaints.domain.statutory_days import is_statutory
from services.complaints.domain.supervision import due_now, hours_before, moments, next_after, rings_at
from tests.support.histories import DAYS, case_of, day, lived, moment, registration

DEFAULT = Settings()


def at(text: str) -> datetime:
    """A moment of 2026 in Shanghai, to the minute."""
    return datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}:00+08:00")


@pytest.mark.parametrize(
    ("end", "hours", "begins"),
    [
        ("06-10", 4, "06-10 13:00"),
        ("06-10", 8, "06-10 09:00"),
        ("06-10", 16, "06-09 09:00"),
        ("06-15", 12, "06-12 13:00"),  # a weekend between
        ("05-06", 12, "04-30 13:00"),  # the May holiday between
        ("10-10", 4, "10-10 13:00"),  # a worked Saturday
        ("07-11", 4, "07-10 13:00"),  # sixty days may end on a Saturday: the hours before it are Friday's
    ],
)
def test_working_hours_are_counted_back_from_the_end(end: str, hours: int, begins: str) -> None:
    assert hours_before(DAYS, day(end), hours) == at(begins)


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        ("06-10 10:00", "06-10 10:00"),
        ("06-10 20:00", "06-11 08:00"),
        ("06-10 07:59", "06-10 08:00"),
        ("06-12 23:00", "06-15 08:00"),  # Friday night
        ("06-13 12:00", "06-15 08:00"),
        ("10-10 09:00", "10-10 09:00"),  # a worked Saturday
        ("09-30 21:00", "10-08 08:00"),
    ],
)
def test_nothing_rings_by_night_or_on_days_off(now: str, rings: str) -> None:
    assert rings_at(DAYS, at(now), DEFAULT) == at(rings)


def test_quiet_hours_may_lie_within_a_day_or_nowhere() -> None:
    noon = Settings(quiet_from=time(12), quiet_until=time(13, 30))
    assert rings_at(DAYS, at("06-10 12:00"), noon) == at("06-10 13:30")
    assert rings_at(DAYS, at("06-10 23:00"), noon) == at("06-10 23:00")
    never = Settings(quiet_from=time(0), quiet_until=time(0))
    assert rings_at(DAYS, at("06-10 03:00"), never) == at("06-10 03:00")


def told(now: str, *steps: Any, settings: Settings = DEFAULT) -> list[tuple[str, str, int]]:
    case = case_of(lived([registration("06-01")], *steps))
    calendar = Almanac([(moment("01-01"), DAYS)], DatedSettings([(date(2026, 1, 1), settings)]))
    found = moments(case, deadlines(case, calendar), calendar, settings)
    return sorted((one.kind, one.clock, one.hours) for one in due_now(found, at(now)))


def test_who_is_told_of_four_hours_is_not_told_of_sixteen_and_who_is_late_of_neither() -> None:
    assert told("06-09 08:59") == []
    assert told("06-09 09:00") == [("case_due", "accept", 16)]
    assert told("06-10 13:00") == [("case_due", "accept", 4)]
    assert told("06-11 00:00") == [("case_overdue", "accept", 0)]


def test_the_bureaus_own_limit_warns_for_itself() -> None:
    assert told("06-05 00:00", settings=Settings(own_limits={"accept": 3})) == [("case_own_late", "accept", 0)]
    assert told("06-05 00:00", ("accept", "06-04"), settings=Settings(own_limits={"accept": 3})) == []


def test_a_paused_clock_and_a_provisional_day_warn_of_nothing() -> None:
    assert told("08-30 10:00", ("accept", "06-01"), ("pause", "06-08")) == []
    late = case_of(lived([registration("12-30")]))
    assert moments(late, deadlines(late, DAYS), Provisional(DAYS), DEFAULT) == []


def test_an_answer_that_was_wanted_is_waited_for_until_its_day_is_over() -> None:
    urged = ("supervise", "06-02", {"answer_by": day("06-03")})
    assert told("06-03 23:59", urged) == []
    assert told("06-04 00:00", urged) == [("case_answer_late", "answer", 0)]
    assert told("06-04 00:00", urged, ("answer_supervision", "06-03")) == []


def test_the_next_look_is_the_next_moment_of_any_clock() -> None:
    case = case_of(lived([registration("06-01")]))
    found = moments(case, deadlines(case, DAYS), DAYS, DEFAULT)
    hours = [at("06-09 09:00"), at("06-10 13:00"), at("06-11 00:00")]
    for now, following in zip([at("06-01 10:00"), *hours], [*hours, None], strict=True):
        assert next_after(found, now) == following


STATUTORY_2026 = {
    *("01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02"),
    *("06-19", "09-25", "10-01", "10-02", "10-03"),
}


def test_the_statutory_days_of_a_year_are_thirteen_and_all_of_them_holidays() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert {f"{one:%m-%d}" for one in days if is_statutory(one)} == STATUTORY_2026
    for year in range(2020, 2027):
        whole = [one for n in range(366) if (one := date(year, 1, 1) + timedelta(days=n)).year == year]
        found = [one for one in whole if is_statutory(one)]
        doubled = {2020: 1}  # Mid-Autumn and National Day fell on one day
        assert len(found) == (13 if year >= 2025 else 11) - doubled.get(year, 0)
        assert all(DAYS.is_holiday(one) for one in found), year
    assert is_statutory(date(2031, 3, 3)), "of a year that is not known every day of a block counts"


def test_until_when_the_calendar_is_known() -> None:
    assert known_until(DAYS, date(2026, 6, 1)).year >= 2026
    assert known_until(DAYS, date(2090, 6, 1)) == date(2089, 12, 31)


def test_settings_hold_from_their_day_on() -> None:
    dated = DatedSettings([(day("03-01"), Settings(soon_days=3)), (day("05-01"), Settings(soon_days=4))])
    assert [dated.on(day(one)).soon_days for one in ("02-28", "03-01", "04-30", "05-01")] == [2, 3, 3, 4]
