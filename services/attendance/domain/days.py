"""The judgement of one working day: each due point gets the punch that explains it best, or none (matching.py)."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.attendance.domain.due import Due, Stretch, due_of, whole_day
from services.attendance.domain.leaves import FORENOON, Leave
from services.attendance.domain.matching import Matching
from services.attendance.domain.points import ABSENT, CORRECTED, DOWN, EARLY, LATE, MISSED, OK, PRESENT, Point
from services.attendance.domain.shifts import Shift, moment, moved

ARRIVE = "arrive"

_NOTHING: frozenset[str] = frozenset()
Spans = Collection[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Day:
    """``halves``: for forenoon and afternoon ``present``, ``absent`` or the kind of leave that excuses it."""

    day: date
    halves: tuple[str, str]
    late: int = 0
    early: int = 0
    missed: tuple[str, ...] = ()  # the points without a punch: arrive, noon_out, noon_in, depart
    points: tuple[Point, ...] = ()


def judge_day(
    day: date,
    shift: Shift,
    punches: Sequence[datetime],
    leaves: Collection[Leave] = (),
    corrected: Collection[str] = (),
    signed: Collection[datetime] = (),
    down: Spans = (),
) -> Day:
    """Judge ``day`` from the ascending local times of the punches in its window.

    ``corrected``: the points whose forgotten punch was explained and approved; they stand in for a
    punch in time, but do not turn a day without any into presence. ``signed``: the punches that signed in to a
    gathering; they prove presence, but nobody went home by them. ``down``: when the clocks were out of
    order; no punch is asked for a point that fell due then.
    """
    known = frozenset(corrected) if punches else frozenset()
    if shift.flex and ARRIVE not in known:
        shift = moved(day, shift, _came(day, shift, punches, leaves, down))
    due = due_of(day, shift, leaves) if leaves else whole_day(day, shift)
    if not (leaves or known or signed or down) and (plain := _in_time(day, shift, due, punches)):
        return plain
    halves = [kind or PRESENT for kind in due.excuses]
    points: list[Point] = []
    excused = frozenset(name for stretch in due.stretches for name in _points_down(stretch, down)) if down else _NOTHING
    matching = Matching(shift, signed, known, excused)
    found = matching.matched(day, due.stretches, punches)
    taken = matching.taken(found) if known else ()
    for stretch, own, ends in found:
        if not own and not known.union(excused).intersection(stretch.points):
            points += _stayed_away(halves, stretch, moment(day, shift.middle), shift, due)
            continue
        judged = [_settled(one, excused) for one in matching.judged(stretch, own, ends, taken)]
        points += judged
        _charge(halves, stretch, judged)
    return Day(
        day,
        (halves[0], halves[1]),
        sum(one.state == LATE for one in points),
        sum(one.state == EARLY for one in points),
        tuple(one.point for one in points if one.state == MISSED),
        tuple(points),
    )


def _in_time(day: date, shift: Shift, due: Due, punches: Sequence[datetime]) -> Day | None:
    """Return the day of who came and went in time, as most do: no reading of it is better. None of anybody else."""
    noon = bisect_left(punches, moment(day, shift.middle)) if len(due.stretches) == 2 else 0
    points: list[Point] = []
    for stretch, own in zip(due.stretches, (punches[:noon], punches[noon:])[-len(due.stretches) :], strict=True):
        if not own or own[0] > stretch.starts or own[-1] < stretch.ends:
            return None
        ends = ((stretch.arrival, stretch.starts, own[0]), (stretch.departure, stretch.ends, own[-1]))
        points += [Point(name, at, punch, OK) for name, at, punch in ends if name]
    return Day(day, (PRESENT, PRESENT), points=tuple(points))


def _came(
    day: date, shift: Shift, punches: Sequence[datetime], leaves: Collection[Leave], down: Spans
) -> datetime | None:
    """Return when a flexible day began: with the first punch, or with hours out or clocks out of order before it; at its usual time
    for whom has the forenoon off."""
    if any(one.covers(day, FORENOON) for one in leaves):
        return None
    opens, closes = moment(day, shift.starts), moment(day, shift.ends)
    out = [one.starts for one in leaves if one.starts and one.ends and one.starts < closes and opens < one.ends]
    dark = [starts for starts, ends in down for first in punches[:1] if starts < first and opens <= ends]
    return min([*punches[:1], *out, *dark], default=None)


def _settled(point: Point, excused: frozenset[str]) -> Point:
    """Return the point as clocks out of order leave it."""
    if point.state in (OK, CORRECTED) or point.point not in excused:
        return point
    return Point(point.point, point.due, point.punch, DOWN)


def _points_down(stretch: Stretch, down: Spans) -> list[str]:
    due = ((stretch.arrival, stretch.starts), (stretch.departure, stretch.ends))
    return [name for name, at in due if name and any(starts <= at <= ends for starts, ends in down)]


def _charge(halves: list[str], stretch: Stretch, judged: Sequence[Point]) -> None:
    for one in judged:
        if one.state == ABSENT:
            halves[stretch.halves[0] if one.point == stretch.arrival else stretch.halves[-1]] = ABSENT


def _stayed_away(halves: list[str], stretch: Stretch, middle: datetime, shift: Shift, due: Due) -> list[Point]:
    """Charge a stretch without a punch; a half-day of which hours out left no more than one may be late is not absence."""
    parts = [(stretch.starts, stretch.ends)]
    if len(stretch.halves) == 2:
        parts = [(stretch.starts, middle), (middle, stretch.ends)]
    for half, (starts, ends) in zip(stretch.halves, parts, strict=True):
        short = ends - starts <= timedelta(minutes=shift.absent_after)
        halves[half] = (short and due.hours[half]) or ABSENT
    state = ABSENT if any(halves[half] == ABSENT for half in stretch.halves) else MISSED
    ends_of = ((stretch.arrival, stretch.starts), (stretch.departure, stretch.ends))
    return [Point(name, at, None, state) for name, at in ends_of if name]
