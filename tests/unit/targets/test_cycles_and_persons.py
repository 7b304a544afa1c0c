import itertools
from datetime import date
from decimal import Decimal

import pytest

from services.targets.domain.cycles import STATUSES, Cycle
from services.targets.domain.periods import periods_of
from services.targets.domain.persons import Person, Place
from shared.vocabulary.refusals import Refused

YEAR = Cycle("2026", date(2026, 1, 1), date(2026, 12, 31))
FIRST = Place("D01", "access", "D01-02", head=False, starts=date(2026, 1, 1))
SECOND = Place("S01", "access", "S-03", head=False, starts=date(2026, 7, 1))
PERSON = Person("P0001", "张三", (FIRST,))


def test_a_year_has_its_months_quarters_halves_and_itself():
    codes = [period.code for period in YEAR.periods]
    months = [f"2026-M{month:02d}" for month in range(1, 13)]
    assert codes == [*months, "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-H1", "2026-H2", "2026-Y"]


@pytest.mark.parametrize("frequency", ["monthly", "quarterly", "half_yearly", "yearly"])
def test_the_periods_of_a_frequency_cover_the_year_without_gap_or_overlap(frequency):
    spans = [(one.starts, one.ends) for one in YEAR.periods if one.frequency == frequency]
    assert spans[0][0] == YEAR.starts
    assert spans[-1][1] == YEAR.ends
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in itertools.pairwise(spans))


def test_a_leap_february_ends_on_the_29th():
    periods = {one.code: one for one in periods_of(2028, date(2028, 1, 1), date(2028, 12, 31))}
    assert periods["2028-M02"].ends == date(2028, 2, 29)


def test_a_cycle_that_starts_late_has_no_periods_before_and_a_clipped_first_one():
    periods = {one.code: one for one in periods_of(2026, date(2026, 5, 15), date(2026, 12, 31))}
    assert "2026-M04" not in periods
    assert "2026-Q1" not in periods
    assert periods["2026-M05"].starts == periods["2026-Q2"].starts == periods["2026-Y"].starts == date(2026, 5, 15)


@pytest.mark.parametrize("status", STATUSES)
def test_a_cycle_goes_one_step_at_a_time_and_never_back(status):
    at = STATUSES.index(status)
    cycle = Cycle("2026", YEAR.starts, YEAR.ends, status)
    assert [to for to in STATUSES if cycle.may_become(to)] == list(STATUSES[at + 1 : at + 2])


def test_only_an_open_cycle_takes_claims_and_a_closing_one_no_changes():
    states = {status: Cycle("2026", YEAR.starts, YEAR.ends, status) for status in STATUSES}
    assert [status for status in STATUSES if states[status].takes_claims] == ["open"]
    assert [status for status in STATUSES if states[status].takes_changes] == ["draft", "open"]


def test_the_model_has_a_new_revision_only_where_it_changed():
    composite = {"person": {"personal": Decimal("0.5")}}
    first = YEAR.with_library(1, {}, composite)
    same = first.with_library(2, {}, composite)
    other = same.with_library(3, {}, {"person": {"personal": Decimal("0.6")}})
    assert [one.model_revision for one in (first, same, other)] == [1, 1, 2]
    assert [one.revision for one in (first, same, other)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 11, 3), date(2026, 1, 1)),
        (date(2026, 6, 1), date(2026, 6, 1)),
        (date(2027, 2, 1), date(2026, 12, 31)),
    ],
)
def test_work_is_shared_out_over_the_staff_of_a_day_within_the_cycle(today, expected):
    assert YEAR.reference_day(today) == expected


def test_a_move_ends_the_place_before_on_the_day_before():
    moved = PERSON.move(SECOND)
    assert [(one.unit, one.starts, one.ends) for one in moved.places] == [
        ("D01", date(2026, 1, 1), date(2026, 6, 30)),
        ("S01", date(2026, 7, 1), None),
    ]
    assert moved.place_on(date(2026, 6, 30)).unit == "D01"
    assert moved.place_on(date(2026, 7, 1)).unit == "S01"
    assert moved.revision == PERSON.revision + 1


@pytest.mark.parametrize("starts", [date(2026, 1, 1), date(2025, 12, 31)])
def test_nobody_moves_before_their_last_place_began(starts):
    with pytest.raises(match="after the last one"):
        PERSON.move(Place("S01", "access", "S-03", head=False, starts=starts))


def test_whoever_left_holds_no_place_and_may_come_back():
    left = PERSON.depart(date(2026, 3, 31))
    assert [left.as_of(date(2026, 3, day)).active for day in (30, 31)] == [True, True]
    assert not left.as_of(date(2026, 4, 1)).active
    assert left.place_on(date(2026, 4, 1)) is None
    assert left.nearest_place(date(2026, 5, 1)).unit == "D01"
    back = left.move(SECOND)
    assert back.as_of(date(2026, 4, 1)).active
    assert back.places[0].ends == date(2026, 3, 31)


def test_nobody_leaves_before_they_came():
    with pytest.raises(Refused):
        PERSON.depart(date(2025, 12, 31))


def test_before_the_first_place_the_nearest_is_that_one():
    assert PERSON.nearest_place(date(2020, 1, 1)) == FIRST
