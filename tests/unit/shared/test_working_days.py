"""The calendar of working days, against the official notices of 2025 and 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.working_days import UnknownYear, WorkingDays

CALENDAR = WorkingDays()
DAYS = st.dates(date(2025, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_the_officially_counted_working_days(year: int) -> None:
    assert len(CALENDAR.between(date(year, 1, 1), date(year, 12, 31))) == 248


@pytest.mark.parametrize(
    "day",
    [
        *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
        *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ],
)
def test_a_worked_weekend_day_is_a_working_day(day: str) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day))
    assert not CALENDAR.is_holiday(date.fromisoformat(day))


def test_a_weekend_inside_a_holiday_block_belongs_to_the_block_and_an_ordinary_one_does_not() -> None:
    assert CALENDAR.is_holiday(date(2026, 10, 3)), "a Saturday of the National Day block"
    assert not CALENDAR.is_holiday(date(2026, 6, 27)), "an ordinary Saturday"


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-04-20", 7, "2026-04-29"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-05-09", 7, "2026-05-19"),
        ("2026-09-24", 7, "2026-10-12"),
        ("2026-04-15", 15, "2026-05-09"),
        ("2026-06-18", 7, "2026-06-30"),
    ],
)
def test_the_first_day_is_not_counted_and_holidays_are_passed_over(start: str, n: int, end: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), n) == date.fromisoformat(end)


def test_a_year_without_a_calendar_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(UnknownYear):
        CALENDAR.is_working(date(2027, 1, 4))
    with pytest.raises(UnknownYear):
        CALENDAR.add(date(2026, 12, 31), 1)


def test_an_override_wins_over_the_national_calendar_in_both_directions() -> None:
    calendar = WorkingDays({date(2026, 6, 27): True, date(2026, 6, 29): False})
    assert calendar.is_working(date(2026, 6, 27))
    assert not calendar.is_working(date(2026, 6, 29))
    assert calendar.is_holiday(date(2026, 6, 29))
    assert calendar.add(date(2026, 6, 26), 2) == date(2026, 6, 30)


def test_a_year_is_known_once_its_new_years_day_is_entered() -> None:
    calendar = WorkingDays({date(2027, 1, 1): False})
    assert calendar.add(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_a_single_entered_day_answers_for_itself_only() -> None:
    calendar = WorkingDays({date(2027, 2, 8): False})
    assert not calendar.is_working(date(2027, 2, 8))
    with pytest.raises(UnknownYear):
        calendar.is_working(date(2027, 2, 9))


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add(date(2026, 5, 6), -1)
    assert CALENDAR.count(date(2026, 5, 8), date(2026, 5, 6)) == 0


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_counting_undoes_adding(day: date, n: int) -> None:
    end = CALENDAR.add(day, n)
    assert CALENDAR.is_working(end)
    assert CALENDAR.count(day, end) == n


@given(DAYS, st.integers(min_value=0, max_value=90))
def test_counting_agrees_with_the_days_listed(day: date, n: int) -> None:
    end = day + timedelta(days=n)
    assert CALENDAR.count(day, end) == len(CALENDAR.between(day + timedelta(days=1), end))
