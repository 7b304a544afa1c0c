"""Until when a step is due: working days, the timetable in force, what nobody can know, and who may not become late."""

from datetime import date, timedelta

import pytest

from services.declarations.domain.cycles import Period
from services.declarations.domain.deadlines import Deadlines, Timetable, check_not_past, check_timetable
from shared.vocabulary.refusals import Refused
from shared.working_days import UnknownYear, WorkingDays

JANUARY = Period("2026-M01", "monthly", date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Period("2026-M02", "monthly", date(2026, 2, 1), date(2026, 2, 28))
DECEMBER = Period("2026-M12", "monthly", date(2026, 12, 1), date(2026, 12, 31))
RULE = Timetable("monthly", date(2026, 1, 1), declare=3, verify=5, assess=8, correct=2, remind=2, escalate=2)


def working_day(day: date, n: int) -> date | None:
    try:
        return WorkingDays().add(day, n)
    except UnknownYear:
        return None


def deadlines(*rules: Timetable) -> Deadlines:
    return Deadlines(rules, working_day)


def test_deadlines_are_working_days_after_the_periods_end():
    ruled = deadlines(RULE)
    # 2026-01-31 is a Saturday; the Spring Festival of 2026 begins on the 15th of February, whose Saturday before is worked
    assert [ruled.of(JANUARY, step) for step in ("declare", "verify", "assess")] == [
        date(2026, 2, 4),
        date(2026, 2, 6),
        date(2026, 2, 11),
    ]


def test_without_a_rule_of_the_frequency_nothing_is_due():
    ruled = deadlines(Timetable("quarterly", date(2026, 1, 1), declare=3))
    assert ruled.of(JANUARY, "declare") is None
    assert ruled.desk(JANUARY, "declared", date(2026, 2, 1)).due_on is None


def test_a_period_keeps_the_rule_that_was_in_force_when_it_ended():
    later = Timetable("monthly", date(2026, 2, 1), declare=10)
    ruled = deadlines(later, RULE)
    assert ruled.timetable(JANUARY) == RULE
    assert ruled.timetable(FEBRUARY) == later


def test_a_deadline_in_a_year_that_no_calendar_tells_is_not_guessed():
    ruled = deadlines(RULE)
    assert ruled.of(DECEMBER, "declare") is None
    assert ruled.unknown(DECEMBER)
    assert not ruled.unknown(JANUARY)


@pytest.mark.parametrize(
    ("status", "arrived", "due", "escalates"),
    [
        ("declared", date(2026, 1, 20), date(2026, 2, 6), date(2026, 2, 10)),  # in time: the regular day
        ("declared", date(2026, 2, 10), date(2026, 2, 12), date(2026, 2, 14)),  # late: two working days from arrival
        ("verified", date(2026, 2, 10), date(2026, 2, 13), date(2026, 2, 24)),
        ("returned", date(2026, 2, 6), date(2026, 2, 10), None),
        ("assessed", date(2026, 2, 6), None, None),
        ("draft", date(2026, 2, 6), None, None),
    ],
)
def test_who_gets_an_item_late_has_the_days_of_the_step_from_its_arrival(status, arrived, due, escalates):
    desk = deadlines(RULE).desk(JANUARY, status, arrived)
    assert (desk.arrived_on, desk.due_on, desk.escalates_on) == (arrived, due, escalates)


def test_reminders_begin_some_days_before():
    ruled, due = deadlines(RULE), date(2026, 2, 6)
    told = [day for day in range(-5, 5) if ruled.reminds(JANUARY, due, due + timedelta(days=day))]
    assert told == [-2, -1, 0]


def test_the_steps_follow_each_other():
    check_timetable(Timetable("monthly", date(2026, 1, 1), declare=3, assess=3))
    with pytest.raises(Refused) as refused:
        check_timetable(Timetable("monthly", date(2026, 1, 1), declare=3, verify=2))
    assert refused.value.refusals[0].code == "timetable.order"


@pytest.mark.parametrize(("on", "past"), [(date(2026, 2, 4), False), (date(2026, 2, 5), True)])
def test_nobody_becomes_late_after_the_fact(on, past):
    periods = {one.code: one for one in (JANUARY, FEBRUARY)}
    if not past:
        check_not_past(deadlines(RULE), RULE, periods, on)
        return
    with pytest.raises(Refused) as refused:
        check_not_past(deadlines(RULE), RULE, periods, on)
    assert refused.value.refusals[0].code == "timetable.past"
    later = Timetable("monthly", date(2026, 2, 28), declare=3)
    check_not_past(deadlines(later, RULE), later, periods, on)
