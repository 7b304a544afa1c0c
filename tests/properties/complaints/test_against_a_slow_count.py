"""Every clock against a count that walks the days of 2026 one by one from a table of its own: the State Council's notice."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from services.complaints.domain.deadlines import deadlines
from tests.support.histories import DAYS, case_of, day, lived, moment, registration

# The holiday blocks of 2026 (国务院办公厅关于2026年部分节假日安排的通知) and the weekend days that are worked for them.
BLOCKS = (
    *(("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05")),
    *(("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07")),
)
WORKED = {day(one) for one in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")}
HOLIDAYS = {day(first) + timedelta(days=n) for first, last in BLOCKS for n in range((day(last) - day(first)).days + 1)}
ONE = timedelta(days=1)
Pauses = Sequence[tuple[date, date]]


def works(one: date) -> bool:
    if one in WORKED:
        return True
    return one not in HOLIDAYS and one.isoweekday() <= 5


def slow(start: date, days: int, *, working: bool, pauses: Pauses = ()) -> date:
    """Cross off one day after the other."""
    crossed, today = 0, start
    while crossed < days:
        today = today + ONE
        stands_still = False
        for first, last in pauses:
            inside = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
            stands_still = stands_still or today in inside
        if not stands_still and (works(today) or not working):
            crossed += 1
    if not working:
        while today in HOLIDAYS:
            today = today + ONE
    return today


def ends(kind: str, received: date, clock: str, *steps: Any) -> date | None:
    history = lived([registration(f"{received}", kind)], *steps)
    return [one.due for one in deadlines(case_of(history), DAYS) if one.name == clock][-1]


WORKED_EXAMPLES: list[tuple[str, str, str, list[Any], str]] = [
    ("accept", "complaint", "04-20", [], "04-29"),
    ("accept", "complaint", "04-30", [], "05-13"),
    ("accept", "complaint", "05-09", [], "05-19"),
    ("accept", "complaint", "09-24", [], "10-12"),
    ("accept", "complaint", "04-16 00:30", [], "04-27"),
    ("mediate", "complaint", "04-30", [("accept", "04-30")], "06-29"),
    ("mediate", "complaint", "08-11", [("accept", "08-11")], "10-10"),
    ("mediate", "complaint", "05-11", [("accept", "05-11"), ("pause", "05-20"), ("resume", "06-10")], "07-31"),
    ("verify", "report", "04-15", [], "05-09"),
    ("verify", "report", "04-15", [("extend", "05-08")], "05-29"),
    ("verify", "report", "06-01", [("pause", "06-05"), ("resume", "06-23")], "07-08"),
    ("verify", "report", "04-20", [("restart", "05-12")], "06-02"),
    (
        "tell_termination",
        "complaint",
        "06-01",
        [("accept", "06-01"), ("conclude", "06-18", {"outcome": "terminated", "termination_ground": "3"})],
        "06-30",
    ),
]


@pytest.mark.parametrize(("clock", "kind", "received", "steps", "end"), WORKED_EXAMPLES)
def test_every_worked_date_of_the_rules(clock: str, kind: str, received: str, steps: list[Any], end: str) -> None:
    history = lived([registration(moment(received), kind)], *steps)
    due = [one.due for one in deadlines(case_of(history), DAYS) if one.name == clock][-1]
    assert due == day(end)


def test_an_appraisal_that_is_still_open_raises_no_false_alarm() -> None:
    history = lived([registration("06-01")], ("accept", "06-01"), ("pause", "06-08"))
    (mediate,) = [one for one in deadlines(case_of(history), DAYS, today=day("08-15")) if one.name == "mediate"]
    assert (mediate.state, mediate.due) == ("paused", None)


def drawn(seed: int) -> tuple[date, date, date]:
    dice = random.Random(seed)
    start = day("04-15") + timedelta(days=dice.randrange(150))
    began = start + timedelta(days=dice.randrange(1, 14))
    return start, began, began + timedelta(days=dice.randrange(40))


@pytest.mark.parametrize("seed", range(120))
def test_working_days_with_and_without_a_pause(seed: int) -> None:
    start, began, ended = drawn(seed)
    assert ends("complaint", start, "accept") == slow(start, 7, working=True)
    assert ends("report", start, "verify") == slow(start, 15, working=True)
    paused = [("pause", f"{began}"), ("resume", f"{ended}")]
    assert ends("report", start, "verify", *paused) == slow(start, 15, working=True, pauses=[(began, ended)])
    extended = [*paused, ("extend", f"{ended}")]
    if ended <= slow(start, 15, working=True, pauses=[(began, ended)]):
        assert ends("report", start, "verify", *extended) == slow(start, 30, working=True, pauses=[(began, ended)])


@pytest.mark.parametrize("seed", range(120, 240))
def test_calendar_days_with_and_without_a_pause(seed: int) -> None:
    start, began, ended = drawn(seed)
    accepted = ("accept", f"{start} 11:00")
    assert ends("complaint", start, "mediate", accepted) == slow(start, 60, working=False)
    paused = [accepted, ("pause", f"{began}"), ("resume", f"{ended}")]
    assert ends("complaint", start, "mediate", *paused) == slow(start, 60, working=False, pauses=[(began, ended)])


@pytest.mark.parametrize("seed", range(240, 320))
def test_restarts_count_from_the_last_receipt_in_whatever_order(seed: int) -> None:
    start, first, second = drawn(seed)
    latest = max(first, second)
    if latest <= slow(start, 15, working=True):
        steps = [("restart", f"{one}") for one in (second, first)]
        assert ends("report", start, "verify", *steps) == slow(latest, 15, working=True)
    filed = ("conclude", f"{start} 12:00", {"outcome": "filed", "must_tell": True})
    assert ends("report", start, "filed", filed) == slow(start, 90, working=False)
    assert ends("report", start, "tell_result", filed) == slow(start, 5, working=True)


# The days that the law itself names in 2026; the others of a block are laid around them.
STATUTORY = {
    day(one)
    for one in (
        *("01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02"),
        *("06-19", "09-25", "10-01", "10-02", "10-03"),
    )
}


def otherwise(start: date, days: int, rests: Callable[[date], bool]) -> date:
    """Cross off calendar days; the last moves on while it rests."""
    last = start
    for _ in range(days):
        last = last + ONE
    while rests(last):
        last = last + ONE
    return last


@pytest.mark.parametrize("seed", range(320, 420))
def test_every_other_reading_of_sixty_days_stands_beside_where_it_differs(seed: int) -> None:
    start = drawn(seed)[0]
    history = lived([registration(f"{start}")], ("accept", f"{start} 11:00"))
    (mediate,) = [one for one in deadlines(case_of(history), DAYS) if one.name == "mediate"]
    expected = {
        "weekend_moves": otherwise(start, 60, lambda one: one in HOLIDAYS or not works(one)),
        "statutory_only": otherwise(start, 60, lambda one: one in STATUTORY),
    }
    assert mediate.due == otherwise(start, 60, lambda one: one in HOLIDAYS)
    assert {one.reading: one.due for one in mediate.others} == {
        name: end for name, end in expected.items() if end != mediate.due
    }


def test_the_table_of_this_test_is_that_of_the_calendar() -> None:
    whole = [day("01-01") + timedelta(days=n) for n in range(365)]
    assert [one for one in whole if works(one) != DAYS.is_working(one)] == []
