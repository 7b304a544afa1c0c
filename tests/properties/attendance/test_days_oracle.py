"""Judged days against the slow way, and what one more punch may do to a day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.attendance.domain.days import Day, judge_day
from services.attendance.domain.leaves import Leave
from services.attendance.domain.shifts import Shift, Span
from tests.oracle.days import Rules, judge

DAY = date(2026, 3, 4)
MIDNIGHT = datetime(2026, 3, 4)
S = Shift("s", "s", (Span(540, 1020),))
F = Shift("f", "f", (Span(510, 720), Span(840, 1050)))
LONG = Shift("l", "l", (Span(420, 760), Span(800, 1200)), tolerance=0, absent_after=60)
NIGHT = Shift("n", "n", (Span(1080, 1860),))
FLEX = Shift("x", "x", (Span(540, 1020),), flex=60)
SHORT = Shift("h", "h", (Span(540, 720),))  # neither half is longer than one may be late
SHIFTS = st.sampled_from([S, F, LONG, NIGHT, SHORT])
NONE: frozenset[str] = frozenset()
EXPLAINED = st.frozensets(st.sampled_from(["arrive", "noon_out", "noon_in", "depart"]), max_size=3)
Hours = list[tuple[int, int, str]]
Days = tuple[Shift, list[int], list[str | None], Hours]
Dark = Sequence[tuple[int, int]]  # when the clocks were out of order
DOWN = st.lists(st.tuples(st.integers(400, 1300), st.integers(1, 300)), max_size=2).map(
    lambda spans: [(first * 60, (first + length) * 60) for first, length in spans]
)
NOON = [(43200, 43800)]


def at(second: int) -> datetime:
    return MIDNIGHT + timedelta(seconds=second)


@st.composite
def presses(draw: st.DrawFn, shift: Shift) -> list[int]:
    """Seconds after midnight: near the shift's edges, anywhere, and pressed twice within seconds as real people do."""
    edges = [edge * 60 for span in shift.spans for edge in (span.starts, span.ends)]
    near = st.builds(lambda edge, off: max(0, edge + off), st.sampled_from(edges), st.integers(-9000, 9000))
    single = draw(st.lists(st.one_of(near, st.integers(0, 115_000)), max_size=5))
    twice = [one + draw(st.integers(1, 5)) for one in single if draw(st.booleans())]
    return sorted({*single, *twice})


@st.composite
def days(draw: st.DrawFn, shifts: st.SearchStrategy[Shift] = SHIFTS) -> Days:
    shift = draw(shifts)
    halves: list[str | None] = draw(
        st.lists(st.sampled_from([None, None, None, "sick", "annual"]), min_size=2, max_size=2)
    )
    kinds = st.sampled_from(["outing", "outing", "personal", "compensatory"])
    hours = draw(st.lists(st.tuples(st.integers(400, 1300), st.integers(1, 400), kinds), max_size=2))
    return shift, draw(presses(shift)), halves, [(at * 60, (at + length) * 60, kind) for at, length, kind in hours]


def judged(
    shift: Shift,
    punches: list[int],
    leave: list[str | None],
    outings: Hours,
    corrected: frozenset[str] = NONE,
    dark: Dark = (),
) -> Day:
    leaves = [Leave(kind, DAY, DAY, half, half) for half, kind in enumerate(leave) if kind]
    leaves += [Leave(kind, DAY, DAY, starts=at(first), ends=at(last)) for first, last, kind in outings]
    down = [(at(first), at(last)) for first, last in dark]
    return judge_day(DAY, shift, [at(one) for one in punches], leaves, corrected, down=down)


@settings(max_examples=250, deadline=None)
@given(days())
@example((F, [], [None, None], [(53460, 63420, "outing")]))  # absent before noon, out for all but 51 minutes after it
@example((LONG, [38906, 46351, 58268, 70931], [None, None], []))  # gone long before noon, back for the afternoon
@example((LONG, [24271, 41024, 41029, 46966, 56552, 56553], [None, None], []))  # there until noon, back long after it
@example((LONG, [29983, 45845, 67336, 71326, 71327], [None, None], []))
@example((F, [44949, 44950, 56693, 93553], [None, None], []))
def test_a_day_is_judged_as_by_trying_every_way(
    given_day: Days,
) -> None:
    shift, punches, leave, outings = given_day
    rules = Rules(tuple((one.starts, one.ends) for one in shift.spans), shift.tolerance, shift.absent_after)
    day = judged(shift, punches, leave, outings)
    assert (day.late, day.early, day.missed, day.halves) == judge(rules, punches, leave, outings)


def badness(day: Day) -> tuple[int, int]:
    return day.halves.count("absent"), day.late + day.early + len(day.missed)


@settings(max_examples=250, deadline=None)
@given(days(), st.integers(0, 115_000))
@example((F, [30300, 43500, 45600, 63300], [None, None], []), 51600)
@example((S, [31800], [None, None], []), 32760)
@example((NIGHT, [72001], [None, None], []), 64000)
@example((S, [39601], [None, None], []), 32280)
@example((F, [], [None, None], [(37860, 55800, "outing")]), 46800)
def test_one_more_punch_makes_no_day_worse_unless_it_shows_a_real_late_or_early(given_day: Days, one_more: int) -> None:
    shift, punches, leave, outings = given_day
    before = judged(shift, punches, leave, outings)
    after = judged(shift, sorted({*punches, one_more}), leave, outings)
    if badness(after) > badness(before):
        shown = {point.punch for point in after.points if point.state in ("late", "early", "absent")}
        assert at(one_more) in shown


@settings(max_examples=300, deadline=None)
@given(days(), EXPLAINED)
@example((S, [41400], [None, None], []), frozenset({"arrive"}))  # 11:30 alone: gone since, as one had come in time
@example((F, [30300, 45600, 63300], [None, None], []), frozenset({"noon_out"}))  # 12:40 was the way back
@example((F, [30300, 48600, 63300], [None, None], []), frozenset({"noon_in"}))
def test_an_explained_point_stands_for_a_punch_in_time_as_by_trying_every_way(
    given_day: Days, corrected: frozenset[str]
) -> None:
    shift, punches, leave, outings = given_day
    rules = Rules(tuple((one.starts, one.ends) for one in shift.spans), shift.tolerance, shift.absent_after)
    day = judged(shift, punches, leave, outings, corrected)
    assert (day.late, day.early, day.missed, day.halves) == judge(rules, punches, leave, outings, corrected)


@settings(max_examples=300, deadline=None)
@given(days(), EXPLAINED, st.integers(0, 115_000))
@example((S, [41400], [None, None], []), frozenset({"arrive"}), 31800)
@example((S, [54000], [None, None], []), frozenset({"depart"}), 61500)
def test_one_more_punch_makes_no_explained_day_worse_unless_it_shows_a_real_late_or_early(
    given_day: Days, corrected: frozenset[str], one_more: int
) -> None:
    shift, punches, leave, outings = given_day
    before = judged(shift, punches, leave, outings, corrected)
    after = judged(shift, sorted({*punches, one_more}), leave, outings, corrected)
    if badness(after) > badness(before):
        shown = {point.punch for point in after.points if point.state in ("late", "early", "absent")}
        assert at(one_more) in shown


@settings(max_examples=300, deadline=None)
@given(days(st.one_of(SHIFTS, st.just(FLEX))), EXPLAINED, st.data())
@example((FLEX, [61500], [None, None], []), NONE, None)
def test_an_approved_explanation_of_what_is_against_somebody_makes_no_day_worse(
    given_day: Days, corrected: frozenset[str], data: st.DataObject | None
) -> None:
    before = judged(*given_day, corrected)
    against = [one.point for one in before.points if one.state in ("missed", "absent")]
    if against:
        more = against[0] if data is None else data.draw(st.sampled_from(against))
        assert badness(judged(*given_day, corrected | {more})) <= badness(before)


@settings(max_examples=400, deadline=None)
@given(days(), EXPLAINED, DOWN)
@example((F, [30300, 45600, 63300], [None, None], []), NONE, NOON)  # no way to press at noon: 12:40 was the way back
@example((F, [30300, 48600, 63300], [None, None], []), NONE, [(50000, 50800)])  # 13:30 was the way out
@example((F, [45600, 63300], [None, None], []), NONE, [(30000, 45000)])
def test_no_punch_is_asked_while_clocks_are_out_of_order_as_by_trying_every_way(
    given_day: Days, corrected: frozenset[str], dark: Dark
) -> None:
    shift, punches, leave, outings = given_day
    rules = Rules(tuple((one.starts, one.ends) for one in shift.spans), shift.tolerance, shift.absent_after)
    day = judged(shift, punches, leave, outings, corrected, dark)
    expected = judge(rules, punches, leave, outings, corrected, dark)
    assert (day.late, day.early, day.missed, day.halves) == expected


@settings(max_examples=300, deadline=None)
@given(days(st.one_of(SHIFTS, st.just(FLEX))), DOWN)
@example((F, [30300, 45600, 63300], [None, None], []), NOON)
@example((FLEX, [36300, 61500], [None, None], []), [(32000, 36000)])
def test_clocks_out_of_order_make_no_day_worse(given_day: Days, dark: Dark) -> None:
    assert badness(judged(*given_day, NONE, dark)) <= badness(judged(*given_day))


@settings(max_examples=300, deadline=None)
@given(days(), DOWN, st.integers(0, 115_000))
@example((F, [30300, 45600, 63300], [None, None], []), NOON, 51600)
def test_one_more_punch_beside_clocks_out_of_order_makes_no_day_worse_unless_it_shows_a_real_late_or_early(
    given_day: Days, dark: Dark, one_more: int
) -> None:
    shift, punches, leave, outings = given_day
    before = judged(shift, punches, leave, outings, NONE, dark)
    after = judged(shift, sorted({*punches, one_more}), leave, outings, NONE, dark)
    if badness(after) > badness(before):
        shown = {point.punch for point in after.points if point.state in ("late", "early", "absent")}
        assert at(one_more) in shown


@settings(max_examples=200, deadline=None)
@given(days(st.just(FLEX)), EXPLAINED, st.integers(0, 115_000))
@example((FLEX, [61500], [None, None], []), NONE, 35400)
def test_a_flexible_day_whose_arrival_is_explained_keeps_its_usual_hours(
    given_day: Days, corrected: frozenset[str], one_more: int
) -> None:
    """So a punch that arrives afterwards moves no end by which somebody had left in time."""
    _, punches, leave, outings = given_day
    usual = Shift("x", "x", FLEX.spans)
    for own in (punches, sorted({*punches, one_more})):
        known = corrected | {"arrive"}
        flexible, fixed = (judged(kind, own, leave, outings, known) for kind in (FLEX, usual))
        assert not own or (flexible.halves, flexible.points) == (fixed.halves, fixed.points)


@settings(max_examples=250, deadline=None)
@given(days(st.just(FLEX)))
def test_a_flexible_day_is_the_fixed_day_that_the_coming_makes_of_it(given_day: Days) -> None:
    """Who has the forenoon off keeps the usual hours; hours out before the first punch began the day."""
    shift, punches, leave, outings = given_day
    began = [*punches[:1], *(first for first, last, _ in outings if first < 1020 * 60 and last > 540 * 60)]
    by = 0 if leave[0] or not began else min(60, max(0, (min(began) - 540 * 60) // 60))
    fixed = Shift("x", "x", (Span(540 + by, 1020 + by),))
    one, other = (judged(kind, punches, leave, outings) for kind in (shift, fixed))
    assert (one.halves, one.late, one.early, one.missed) == (other.halves, other.late, other.early, other.missed)


@settings(max_examples=200, deadline=None)
@given(presses(FLEX), st.integers(0, 30_000))
def test_an_earlier_punch_makes_no_flexible_day_of_somebody_who_stayed_worse(punches: list[int], earlier: int) -> None:
    stayed = sorted({*(one for one in punches if one > earlier), 66_000})
    before, after = (judged(FLEX, one, [None, None], []) for one in (stayed, [earlier, *stayed]))
    assert badness(after) <= badness(before)
