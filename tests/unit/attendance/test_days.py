"""The judgement of a day, case by case: what office rules and other systems' users complain of."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.attendance.domain.days import Day, judge_day
from services.attendance.domain.leaves import AFTERNOON, FORENOON, Leave
from services.attendance.domain.shifts import Assigned, Shift, ShiftPlan, Span, shift_faults

DAY = date(2026, 3, 4)
NEXT = DAY + timedelta(days=1)
STANDARD = Shift("standard", "标准班", (Span(9 * 60, 17 * 60),))
FOUR = Shift("four", "四次卡", (Span(9 * 60, 12 * 60), Span(13 * 60 + 30, 17 * 60)))
NIGHT = Shift("night", "夜班", (Span(18 * 60, 31 * 60),))

ALWAYS = Assigned(date(2000, 1, 1), (STANDARD,))


def at(*times: str, day: date = DAY) -> list[datetime]:
    return [datetime.fromisoformat(f"{day} {time}") for time in times]


def outcome(day: Day) -> tuple[int, int, tuple[str, ...], tuple[str, str]]:
    return day.late, day.early, day.missed, day.halves


GOOD = (0, 0, (), ("present", "present"))


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("08:55:00", "17:03:00"), GOOD),
        (("09:05:59", "16:54:30"), GOOD),
        (("09:06:00", "17:00:00"), (1, 0, (), ("present", "present"))),
        (("09:00:00", "16:54:00"), (0, 1, (), ("present", "present"))),
        (("09:30:00", "16:00:00"), (1, 1, (), ("present", "present"))),
        (("11:00:00", "17:00:00"), (1, 0, (), ("present", "present"))),
        (("11:01:00", "17:00:00"), (0, 0, (), ("absent", "present"))),
        (("09:00:00", "14:59:00"), (0, 0, (), ("present", "absent"))),
        ((), (0, 0, (), ("absent", "absent"))),
        (("08:55:00",), (0, 0, ("depart",), ("present", "present"))),
        (("17:05:00",), (0, 0, ("arrive",), ("present", "present"))),
        (("08:55:00", "08:55:20"), (0, 0, ("depart",), ("present", "present"))),
        (("08:20:00", "08:55:00"), (0, 0, ("depart",), ("present", "present"))),
        (("16:58:00", "17:25:00"), (0, 0, ("arrive",), ("present", "present"))),
        (("08:55:00", "12:10:00", "12:50:00", "17:03:00"), GOOD),
    ],
)
def test_two_punches_a_day(times: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert outcome(judge_day(DAY, STANDARD, at(*times))) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("08:55:00", "12:01:00", "13:25:00", "17:01:00"), GOOD),
        (("08:55:00", "17:01:00"), (0, 0, ("noon_out", "noon_in"), ("present", "present"))),
        (("08:55:00", "12:01:00"), (0, 0, (), ("present", "absent"))),
        (("13:40:00", "17:01:00"), (1, 0, (), ("absent", "present"))),
        ((), (0, 0, (), ("absent", "absent"))),
    ],
)
def test_four_punches_a_day(times: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert outcome(judge_day(DAY, FOUR, at(*times))) == expected


OFFICE = Shift("office", "机关班", (Span(8 * 60 + 30, 12 * 60), Span(14 * 60, 17 * 60 + 30)))


@pytest.mark.parametrize(
    ("shift", "times", "expected"),
    [
        (OFFICE, ("08:25:00", "12:05:00", "12:40:00", "17:35:00"), GOOD),
        (OFFICE, ("08:25:00", "13:10:00", "13:40:00", "17:35:00"), GOOD),
        (OFFICE, ("08:25:00", "12:05:00", "12:40:00", "14:20:00", "17:35:00"), GOOD),
        (OFFICE, ("08:25:00", "12:05:00", "12:05:03", "17:35:00"), (0, 0, ("noon_in",), ("present", "present"))),
        (OFFICE, ("08:25:00", "17:35:00"), (0, 0, ("noon_out", "noon_in"), ("present", "present"))),
        (STANDARD, ("08:50:00", "09:06:00"), (0, 0, ("depart",), ("present", "present"))),
        (STANDARD, ("08:50:00",), (0, 0, ("depart",), ("present", "present"))),
        (STANDARD, ("08:58:00", "12:30:00"), (0, 0, (), ("present", "absent"))),
    ],
)
def test_punches_are_given_to_the_points_that_they_explain_best(
    shift: Shift, times: tuple[str, ...], expected: tuple[object, ...]
) -> None:
    assert outcome(judge_day(DAY, shift, at(*times))) == expected


def test_an_approved_explanation_outweighs_a_punch_that_looks_like_going_early() -> None:
    assert outcome(judge_day(DAY, STANDARD, at("08:58:00", "12:30:00"), corrected={"depart"})) == GOOD


def test_nobody_is_held_to_a_point_that_fell_due_while_the_clocks_were_out_of_order() -> None:
    down = [(at("16:30:00")[0], at("19:00:00")[0])]
    assert outcome(judge_day(DAY, STANDARD, at("08:58:00"), down=down)) == GOOD
    assert judge_day(DAY, STANDARD, at("08:58:00"), down=down).points[1].state == "down"


def test_a_flexible_day_ends_as_much_later_as_it_began() -> None:
    flexible = Shift("flex", "弹性班", (Span(9 * 60, 17 * 60),), flex=60)
    assert outcome(judge_day(DAY, flexible, at("09:40:00", "17:40:00"))) == GOOD
    assert outcome(judge_day(DAY, flexible, at("09:40:00", "17:30:00"))) == (0, 1, (), ("present", "present"))
    assert outcome(judge_day(DAY, flexible, at("10:10:00", "18:00:00"))) == (1, 0, (), ("present", "present"))


def test_a_missing_punch_does_not_turn_the_following_days_around() -> None:
    punches = [*at("08:55:00"), *at("08:56:00", "17:02:00", day=NEXT)]
    plan = ShiftPlan([ALWAYS])
    judged = []
    for day in (DAY, NEXT):
        opens, closes = plan.window(day, STANDARD)
        judged.append(outcome(judge_day(day, STANDARD, [one for one in punches if opens <= one < closes])))
    assert judged == [(0, 0, ("depart",), ("present", "present")), GOOD]


def test_a_night_shift_is_one_day_though_it_spans_midnight() -> None:
    plan = ShiftPlan([Assigned(date(2000, 1, 1), (NIGHT,))])
    opens, closes = plan.window(DAY, NIGHT)
    punches = [*at("17:55:00"), *at("07:04:00", day=NEXT)]
    assert all(opens <= one < closes for one in punches)
    assert outcome(judge_day(DAY, NIGHT, punches)) == GOOD


def test_after_a_night_shift_the_morning_arrival_belongs_to_the_day_shift() -> None:
    plan = ShiftPlan([ALWAYS], [Assigned(DAY, (NIGHT,)), Assigned(NEXT, (STANDARD,))])
    _, closes = plan.window(DAY, NIGHT)
    opens, _ = plan.window(NEXT, STANDARD)
    assert at("07:10:00", day=NEXT)[0] < closes == opens < at("08:50:00", day=NEXT)[0]


def test_who_leaves_after_midnight_left_on_the_day_before() -> None:
    plan = ShiftPlan([ALWAYS])
    _, closes = plan.window(DAY, STANDARD)
    assert at("01:30:00", day=NEXT)[0] < closes


def test_an_explained_missing_punch_does_not_count_but_does_not_make_a_day_either() -> None:
    assert judge_day(DAY, STANDARD, at("08:55:00"), corrected={"depart"}).missed == ()
    assert judge_day(DAY, STANDARD, [], corrected={"arrive", "depart"}).halves == ("absent", "absent")


@pytest.mark.parametrize(
    ("times", "signed", "expected"),
    [
        (("08:55:00", "14:10:00"), "14:10:00", (0, 0, ("depart",), ("present", "present"))),
        (("14:10:00", "17:02:00"), "14:10:00", (0, 0, ("arrive",), ("present", "present"))),
        (("14:10:00",), "14:10:00", (0, 0, ("arrive", "depart"), ("present", "present"))),
        (("08:55:00", "14:10:00", "17:02:00"), "14:10:00", GOOD),
        (("08:50:00", "17:02:00"), "08:50:00", GOOD),
        (("08:50:00", "09:30:00"), "09:30:00", (0, 0, ("depart",), ("present", "present"))),
        (("08:50:00", "16:50:00"), "16:50:00", (0, 0, ("depart",), ("present", "present"))),
    ],
)
def test_signing_in_to_a_gathering_proves_presence_but_is_no_going_home(
    times: tuple[str, ...], signed: str, expected: tuple[object, ...]
) -> None:
    assert outcome(judge_day(DAY, STANDARD, at(*times), signed=set(at(signed)))) == expected


def leave(kind: str, first_half: int = FORENOON, last_half: int = AFTERNOON) -> Leave:
    return Leave(kind, DAY, DAY, first_half, last_half)


def outing(starts: str, ends: str) -> Leave:
    return Leave("outing", DAY, DAY, starts=at(starts)[0], ends=at(ends)[0])


@pytest.mark.parametrize(
    ("leaves", "times", "expected"),
    [
        ([leave("sick")], (), (0, 0, (), ("sick", "sick"))),
        ([leave("sick")], ("10:00:00",), (0, 0, (), ("sick", "sick"))),
        ([leave("annual", last_half=FORENOON)], ("12:50:00", "17:02:00"), (0, 0, (), ("annual", "present"))),
        ([leave("annual", last_half=FORENOON)], ("13:10:00",), (0, 0, ("depart",), ("annual", "present"))),
        ([leave("annual", last_half=FORENOON)], (), (0, 0, (), ("annual", "absent"))),
        ([leave("annual", first_half=AFTERNOON)], ("08:50:00",), (0, 0, (), ("present", "annual"))),
        ([outing("08:30:00", "11:00:00")], ("11:20:00", "17:05:00"), (1, 0, (), ("present", "present"))),
        ([outing("15:00:00", "18:00:00")], ("08:58:00", "14:50:00"), (0, 1, (), ("present", "present"))),
        ([outing("15:00:00", "18:00:00")], ("08:58:00", "15:00:00"), GOOD),
        ([outing("09:00:00", "09:01:00")], (), (0, 0, (), ("absent", "absent"))),
        ([outing("09:00:00", "09:30:00")], ("12:50:00", "17:02:00"), (0, 0, (), ("absent", "present"))),
        ([outing("09:00:00", "09:30:00")], ("09:34:00", "17:02:00"), GOOD),
        ([outing("09:00:00", "12:00:00")], (), (0, 0, (), ("outing", "absent"))),
        ([outing("10:00:00", "11:00:00")], ("08:58:00", "17:01:00"), GOOD),
        ([leave("sick"), outing("08:00:00", "18:00:00")], (), (0, 0, (), ("outing", "outing"))),
    ],
)
def test_leave_and_outings_excuse_the_half_days_they_cover(
    leaves: list[Leave], times: tuple[str, ...], expected: tuple[object, ...]
) -> None:
    assert outcome(judge_day(DAY, STANDARD, at(*times), leaves)) == expected


def test_a_leave_that_begins_in_the_afternoon_leaves_the_forenoon_due() -> None:
    over_days = Leave("personal", DAY, NEXT, AFTERNOON, FORENOON)
    assert judge_day(DAY, STANDARD, [], [over_days]).halves == ("absent", "personal")
    assert judge_day(NEXT, STANDARD, [], [over_days]).halves == ("personal", "absent")


@pytest.mark.parametrize(
    ("shift", "faults"),
    [
        (STANDARD, []),
        (FOUR, []),
        (NIGHT, []),
        (Shift("x", "x", ()), ["shift.spans"]),
        (Shift("x", "x", (Span(600, 540),)), ["shift.times"]),
        (Shift("x", "x", (Span(540, 720), Span(700, 1020))), ["shift.times"]),
        (Shift("x", "x", (Span(540, 1020),), tolerance=10, absent_after=5), ["shift.tolerance"]),
        (Shift("x", "x", (Span(540, 1020),), opens_before=1200), ["shift.opens_before"]),
    ],
)
def test_a_shift_that_cannot_be_worked_by_is_refused(shift: Shift, faults: list[str]) -> None:
    assert shift_faults(shift) == faults


TIMES = st.lists(st.integers(0, 24 * 60 - 1), max_size=6).map(
    lambda minutes: [datetime(2026, 3, 4) + timedelta(minutes=one) for one in sorted(minutes)]
)


@given(TIMES, st.sampled_from([STANDARD, FOUR]))
def test_a_half_day_is_never_both_held_absent_and_held_late(times: list[datetime], shift: Shift) -> None:
    day = judge_day(DAY, shift, times)
    assert day.late + day.early + len(day.missed) <= len(shift.spans) * 2
    if day.halves == ("absent", "absent") and not day.missed:
        assert (day.late, day.early) == (0, 0)


@given(TIMES)
def test_one_more_punch_at_the_start_and_at_the_end_makes_the_day_good(times: list[datetime]) -> None:
    inside = [one for one in times if at("09:00:00")[0] <= one <= at("17:00:00")[0]]
    assert outcome(judge_day(DAY, STANDARD, [*at("09:00:00"), *inside, *at("17:00:00")])) == GOOD


@given(st.dates(date(2026, 1, 1), date(2026, 12, 30)), st.sampled_from([STANDARD, FOUR, NIGHT]), st.data())
def test_windows_of_days_that_follow_each_other_meet_and_never_overlap(
    day: date, own: Shift, data: st.DataObject
) -> None:
    other = data.draw(st.sampled_from([STANDARD, FOUR, NIGHT]))
    plan = ShiftPlan([Assigned(date(2000, 1, 1), (own,)), Assigned(day, (other,))])
    before, shift = plan.on(day - timedelta(days=1)), plan.on(day)
    assert before is not None
    assert shift is not None
    assert plan.window(day - timedelta(days=1), before)[1] == plan.window(day, shift)[0]
