"""Who works by what on which day: shifts that rotate, end, change with the season, and daily time off."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.attendance.domain.balances import in_days, limit_of, minutes_taken
from services.attendance.domain.days import judge_day
from services.attendance.domain.duties import Duty, days_earned, minutes_on, pressed
from services.attendance.domain.leaves import Leave
from services.attendance.domain.rules import KNOWN, Rules
from services.attendance.domain.shifts import Allowance, Assigned, Shift, ShiftPlan, Span

DAY = date(2026, 3, 4)
ONE_DAY = timedelta(days=1)
SINCE = date(2000, 1, 1)
OFFICE = Shift("office", "机关班", (Span(510, 720), Span(840, 1050)))
SUMMER = Shift("summer", "夏令时", (Span(510, 720), Span(870, 1080)))
EARLY = Shift("early", "早班", (Span(480, 960),))
LONG = Shift("long", "一日", (Span(510, 1050),))
NIGHT = Shift("night", "夜班", (Span(1080, 1860),))
BUREAU = [Assigned(SINCE, (OFFICE,)), Assigned(date(2026, 5, 1), (SUMMER,)), Assigned(date(2026, 10, 1), (OFFICE,))]
TURNS = Assigned(DAY, (EARLY, NIGHT, None, None))


def at(text: str, day: date = DAY) -> datetime:
    return datetime.fromisoformat(f"{day} {text}")


def test_hours_of_summer_and_winter_hold_from_their_days() -> None:
    plan = ShiftPlan(BUREAU)
    found = [plan.on(day) for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 30), date(2026, 10, 1))]
    assert found == [OFFICE, SUMMER, SUMMER, OFFICE]


def test_a_rotation_has_its_own_days_of_rest_whatever_the_calendar_says() -> None:
    plan = ShiftPlan(BUREAU, [TURNS])
    days = [DAY + number * ONE_DAY for number in range(6)]
    for working in (True, False):
        assert [plan.due(day, working=working) for day in days] == [EARLY, NIGHT, None, None, EARLY, NIGHT]
    assert [plan.due(DAY - ONE_DAY, working=working) for working in (True, False)] == [OFFICE, None]


def test_what_was_assigned_for_some_time_gives_way_to_what_held_before() -> None:
    exempt = Assigned(DAY, (None,), DAY + ONE_DAY)
    plan = ShiftPlan(BUREAU, [exempt])
    found = [plan.due(DAY + number * ONE_DAY, working=True) for number in (-1, 0, 1, 2)]
    assert found == [OFFICE, None, None, OFFICE]


@given(st.integers(0, 40), st.sampled_from([TURNS, Assigned(DAY, (NIGHT, None)), Assigned(DAY, (EARLY, NIGHT))]))
def test_days_of_a_rotation_meet_and_never_overlap_days_of_rest_too(number: int, turns: Assigned) -> None:
    plan, day = ShiftPlan(BUREAU, [turns]), DAY + number * ONE_DAY
    today, tomorrow = plan.frame(day), plan.frame(day + ONE_DAY)
    assert today is not None
    assert tomorrow is not None
    assert plan.window(day, today)[1] == plan.window(day + ONE_DAY, tomorrow)[0]


def test_a_night_in_turn_ends_in_the_morning_of_the_day_of_rest() -> None:
    plan = ShiftPlan(BUREAU, [TURNS])
    night = DAY + ONE_DAY
    opens, closes = plan.window(night, NIGHT)
    punches = [at("17:58", night), at("07:03", night + ONE_DAY)]
    assert all(opens <= one < closes for one in punches)
    assert judge_day(night, NIGHT, punches).missed == ()


def judged(plan: ShiftPlan, *times: str) -> tuple[int, int, tuple[str, str]]:
    shift = plan.on(DAY)
    assert shift is not None
    day = judge_day(DAY, shift, [at(one) for one in times])
    return day.late, day.early, day.halves


def test_nursing_time_is_nobodys_lateness_while_it_lasts() -> None:
    good = (0, 0, ("present", "present"))
    times = ("09:29", "12:01", "13:59", "17:31")
    own = [Allowance(DAY - ONE_DAY, DAY, 60, 0)]
    assert judged(ShiftPlan(BUREAU, allowances=own), *times) == good
    assert judged(ShiftPlan(BUREAU), *times) == (1, 0, ("present", "present"))
    assert judged(ShiftPlan(BUREAU, allowances=[Allowance(DAY + ONE_DAY, DAY + ONE_DAY, 60, 0)]), *times)[0] == 1
    halves = [Allowance(DAY, DAY, 30, 30)]
    assert judged(ShiftPlan(BUREAU, allowances=halves), "08:59", "12:01", "13:59", "17:01") == good


def test_more_time_than_a_span_has_leaves_half_of_it() -> None:
    shift = ShiftPlan(BUREAU, allowances=[Allowance(DAY, DAY, 240, 0)]).on(DAY)
    assert shift is not None
    assert shift.spans == (Span(615, 720), Span(840, 1050))


# leave by the hour, its minutes and its limits


def by_the_hour(kind: str, starts: str, ends: str) -> Leave:
    return Leave(kind, DAY, DAY, starts=at(starts), ends=at(ends))


@pytest.mark.parametrize(
    ("starts", "ends", "times", "halves"),
    [
        ("08:30", "12:00", ("13:58", "17:31"), ("personal", "present")),
        ("08:30", "10:00", ("10:03", "12:01", "13:58", "17:31"), ("present", "present")),
        ("08:30", "10:00", ("13:58", "17:31"), ("personal", "present")),
        ("08:30", "09:00", ("13:58", "17:31"), ("absent", "present")),
    ],
)
def test_leave_by_the_hour_is_taken_out_of_what_is_due(
    starts: str, ends: str, times: tuple[str, ...], halves: tuple[str, str]
) -> None:
    day = judge_day(DAY, OFFICE, [at(one) for one in times], [by_the_hour("personal", starts, ends)])
    assert (day.late, day.early, day.halves) == (0, 0, halves)


def test_the_kind_that_took_most_of_a_half_day_names_it() -> None:
    both = [by_the_hour("outing", "08:30", "09:00"), by_the_hour("personal", "09:00", "12:00")]
    assert judge_day(DAY, OFFICE, [at("13:58"), at("17:31")], both).halves == ("personal", "present")


def test_nobody_stays_away_from_a_short_shift_for_nothing() -> None:
    short = Shift("short", "半日班", (Span(540, 720),))
    assert judge_day(DAY, short, []).halves == ("absent", "absent")


WORKING = frozenset({DAY, DAY + ONE_DAY})


@pytest.mark.parametrize(
    ("leave", "minutes"),
    [
        (by_the_hour("personal", "11:00", "15:00"), 120),  # the pause at noon is nobody's leave
        (by_the_hour("personal", "06:00", "23:00"), 420),
        (Leave("annual", DAY, DAY, 1, 1), 240),
        (Leave("annual", DAY, DAY + 9 * ONE_DAY), 960),
    ],
)
def test_minutes_of_leave_are_those_of_work(leave: Leave, minutes: int) -> None:
    assert minutes_taken(leave, 2026, ShiftPlan(BUREAU), WORKING, 480) == minutes


def test_leave_of_who_works_in_turns_is_counted_by_the_turns() -> None:
    leave = Leave("annual", DAY, DAY + 3 * ONE_DAY)
    assert minutes_taken(leave, 2026, ShiftPlan(BUREAU, [TURNS]), frozenset(), 480) == 960


def test_hours_after_midnight_are_of_the_night_shift_that_began_before() -> None:
    early = Leave(
        "personal", DAY + ONE_DAY, DAY + ONE_DAY, starts=at("02:00", DAY + ONE_DAY), ends=at("05:00", DAY + ONE_DAY)
    )
    plan = ShiftPlan([Assigned(SINCE, (NIGHT,))])
    assert minutes_taken(early, 2026, plan, frozenset({DAY}), 480) == 180


def test_a_leave_over_new_year_counts_in_each_year_what_lies_in_it() -> None:
    leave = Leave("annual", date(2025, 12, 31), date(2026, 1, 5))
    working = frozenset({date(2025, 12, 31), date(2026, 1, 4), date(2026, 1, 5)})
    plan = ShiftPlan(BUREAU)
    assert [minutes_taken(leave, year, plan, working, 480) for year in (2025, 2026)] == [480, 960]


RULES = Rules(KNOWN)


def test_what_is_set_for_a_person_stands_before_the_rule_and_compensation_is_what_was_gained() -> None:
    assert limit_of("annual", 2026, {}, 0, RULES) == 15 * 480
    assert limit_of("annual", 2026, {"annual": 5 * 480}, 0, RULES) == 5 * 480
    assert limit_of("sick", 2026, {}, 0, RULES) is None
    assert limit_of("compensatory", 2026, {}, 0, RULES) == 0
    assert limit_of("compensatory", 2026, {"compensatory": 240}, 480, RULES) == 720
    assert [in_days(one, 480) for one in (0, 240, 480, 100)] == ["0", "0.5", "1", "0.21"]


# duty


def duty(starts: str, ends: str, nights: int = 0) -> Duty:
    return Duty("d", "值班", at(starts), at(ends, DAY + nights * ONE_DAY))


def test_a_duty_is_stood_by_who_presses_at_its_ends_not_by_who_went_home_before_it() -> None:
    night = duty("18:00", "08:00", 1)
    assert pressed(night, [at("17:31"), at("08:25", DAY + ONE_DAY)]) == []
    assert pressed(night, [at("17:50")]) == [at("17:50")]


@pytest.mark.parametrize(
    ("punches", "shown"),
    [
        (["08:25", "17:50"], []),  # went home late
        (["08:25", "17:50:00", "17:50:20"], []),
        (["08:25", "17:31", "17:50"], ["17:50"]),
        (["08:25", "17:35", "18:30"], ["18:30"]),
    ],
)
def test_going_home_from_work_is_no_duty_stood(punches: list[str], shown: list[str]) -> None:
    times = [at(one) for one in punches]
    worked = judge_day(DAY, LONG, times)
    assert pressed(duty("18:00", "08:00", 1), times, [worked]) == [at(one) for one in shown]


def test_coming_to_work_after_the_duty_is_no_duty_stood_but_work_within_it_is() -> None:
    times = [at("08:20", DAY + ONE_DAY), at("17:31", DAY + ONE_DAY)]
    worked = judge_day(DAY + ONE_DAY, LONG, times)
    assert pressed(duty("18:00", "08:10", 1), times, [worked]) == []
    within = Duty("d", "带班", at("08:00", DAY + ONE_DAY), at("20:00", DAY + ONE_DAY))
    assert pressed(within, times, [worked]) == times


@pytest.mark.parametrize(
    ("one", "shift", "minutes", "days"),
    [
        (duty("18:00", "08:00", 1), OFFICE, 840, "1"),
        (duty("12:00", "14:00"), OFFICE, 120, "0"),
        (duty("08:30", "17:30"), OFFICE, 120, "0"),
        (duty("08:30", "12:30"), None, 240, "0.5"),
    ],
)
def test_a_duty_gives_what_it_takes_beside_the_shift(one: Duty, shift: Shift | None, minutes: int, days: str) -> None:
    assert minutes_on(one, shift) == minutes
    assert days_earned(minutes, DAY, RULES) == Decimal(days)
