"""The judgement of one working day: each due point gets the punch that explains it best, or none.

Direction comes from the shift, never from the device. A punch up to ``absent_after`` minutes after the start is an arrival, one
that near to the end a departure. One between them shows a real late arrival where somebody left properly later, a real early
departure where somebody came properly; alone it stands for the end that it is nearer to. So one more punch makes no day worse
unless that punch shows somebody really late or early.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.attendance.domain.due import Due, Stretch, due_of, whole_day
from services.attendance.domain.leaves import FORENOON, Leave
from services.attendance.domain.shifts import Shift, moment, moved

PRESENT, ABSENT = "present", "absent"
OK, LATE, EARLY, MISSED, CORRECTED, DOWN = "ok", "late", "early", "missed", "corrected", "down"
_ONE_ACT = timedelta(minutes=1)  # two presses closer than this are one: nobody went to lunch between them
_REST_OF_A_MINUTE = timedelta(seconds=59)  # nobody is held to seconds: 11:00:30 is as near to nine as 11:00
_WEIGHTS = {ABSENT: (1, 0, 0), LATE: (0, 1, 0), EARLY: (0, 1, 0), MISSED: (0, 1, 1)}

Ends = tuple[datetime | None, datetime | None]  # the punches taken for a stretch's arrival and departure
Spans = Collection[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Point:
    """A due point: when it was due, the punch it was judged by, what that was held to be and by how many minutes."""

    point: str
    due: datetime
    punch: datetime | None
    state: str  # ok, late, early, missed, absent, corrected, down
    minutes: int = 0


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
    punch, but do not turn a day without any into presence. ``signed``: the punches that signed in to a
    gathering; they prove presence, but nobody went home by them. ``down``: when the clocks were out of
    order; nobody is held to a point that fell due then.
    """
    if shift.flex:
        shift = moved(day, shift, _came(day, shift, punches, leaves))
    due = due_of(day, shift, leaves) if leaves else whole_day(day, shift)
    halves = [kind or PRESENT for kind in due.excuses]
    known = frozenset(corrected) if punches else frozenset()
    points: list[Point] = []
    for stretch, own, ends in _matched(day, due.stretches, punches, signed, shift):
        excused = frozenset(_points_down(stretch, down))
        if not own and not known.union(excused).intersection(stretch.points):
            points += _stayed_away(halves, stretch, moment(day, shift.middle), shift, due)
            continue
        judged = [_settled(one, known, excused) for one in _judged(stretch, ends, shift)]
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


def _came(day: date, shift: Shift, punches: Sequence[datetime], leaves: Collection[Leave]) -> datetime | None:
    """Return when a flexible day began: with the first punch, or with hours out before it; at its usual time for whom has the forenoon off."""
    if any(one.covers(day, FORENOON) for one in leaves):
        return None
    opens, closes = moment(day, shift.starts), moment(day, shift.ends)
    out = [one.starts for one in leaves if one.starts and one.ends and one.starts < closes and opens < one.ends]
    return min([*punches[:1], *out], default=None)


def _matched(
    day: date, stretches: Sequence[Stretch], punches: Sequence[datetime], signed: Collection[datetime], shift: Shift
) -> list[tuple[Stretch, Sequence[datetime], Ends]]:
    """Return each stretch with its own punches and those taken for its ends. Two stretches are divided in the noon pause, but
    where that leaves something wrong at noon, both noon punches may lie on one side of it."""
    if len(stretches) < 2:
        return [(one, punches, _ends(one, punches, signed, shift)) for one in stretches]
    noon = moment(day, shift.middle)
    sides = [[one for one in punches if one < noon], [one for one in punches if one >= noon]]
    ways = [[_ends(one, own, signed, shift) for one, own in zip(stretches, sides, strict=True)]]
    if all(sides) and any(_weight(stretches, ways[0], shift)):
        ways += _across_noon(stretches, sides, ways[0], signed, shift)
    best = ways[0] if len(ways) == 1 else min(ways, key=lambda way: _weight(stretches, way, shift))
    return list(zip(stretches, sides, best, strict=True))


def _ends(
    stretch: Stretch,
    own: Sequence[datetime],
    signed: Collection[datetime],
    shift: Shift,
    *,
    arrived: datetime | None = None,
    left: datetime | None = None,
) -> Ends:
    """Return the punches taken for arrival and departure; one that is known already is given."""
    first, last = _zones(stretch, shift)
    arrived = arrived or next((one for one in own if one <= first), None)
    leaving = [one for one in own if one > first and one not in signed]
    left = left or (leaving[-1] if leaving and leaving[-1] >= last else None)
    between = [one for one in leaving if one < last]
    if not between or (arrived and left):
        return arrived, left
    if stretch.arrival is None:
        return arrived, left or between[-1]
    if stretch.departure is None:
        return arrived or between[0], left
    if arrived or left:
        return arrived or between[0], left or between[-1]
    nearer_to_start = between[0] - stretch.starts <= stretch.ends - between[-1]
    return (between[0], None) if nearer_to_start else (None, between[-1])


def _zones(stretch: Stretch, shift: Shift) -> tuple[datetime, datetime]:
    """Return until when a punch can only be an arrival, and from when only a departure."""
    near = min(timedelta(minutes=shift.absent_after) + _REST_OF_A_MINUTE, (stretch.ends - stretch.starts) / 2)
    return stretch.starts + near, stretch.ends - near


def _across_noon(
    stretches: Sequence[Stretch],
    sides: Sequence[Sequence[datetime]],
    base: Sequence[Ends],
    signed: Collection[datetime],
    shift: Shift,
) -> list[list[Ends]]:
    """Return the other readings of noon: out and in again both before its middle, or both after it."""
    (first, second), (before, after) = stretches, sides
    ways: list[list[Ends]] = []
    from_noon = _zones(first, shift)[1]
    back = before[-1]
    outs = [one for one in before if one >= from_noon and one not in signed and back - one >= _ONE_ACT]
    came, until = base[0][0], _zones(first, shift)[0]
    if back >= first.ends and outs and outs[-1] != came:
        ways.append([(came, outs[-1]), _ends(second, after, signed, shift, arrived=back)])
    elif back >= first.ends:  # gone long before noon, and back for the afternoon: one half-day is lost, not both
        gone = [one for one in before if until < one <= back - _ONE_ACT and one not in signed and _late_in(first, one)]
        in_time = came if came and came <= until else None
        ways += [[(in_time, one), _ends(second, after, signed, shift, arrived=back)] for one in gone[-1:]]
    out = next((one for one in after if one <= second.starts and one not in signed), None)
    until, from_evening = _zones(second, shift)
    ins = [one for one in after if out and one - out >= _ONE_ACT and one <= until]
    if out and ins:
        ways.append([_ends(first, before, signed, shift, left=out), (ins[0], base[1][1])])
    elif out:  # there until noon, and back long after it
        back_late = [one for one in after if out + _ONE_ACT <= one < from_evening and not _late_in(second, one)]
        in_time = base[1][1] if base[1][1] and base[1][1] >= from_evening else None
        ways += [[_ends(first, before, signed, shift, left=out), (one, in_time)] for one in back_late[:1]]
    return ways


def _late_in(stretch: Stretch, one: datetime) -> bool:
    """Tell whether it is nearer to the end than to the start."""
    return stretch.ends - one < one - stretch.starts


def _judged(stretch: Stretch, ends: Ends, shift: Shift) -> list[Point]:
    points = []
    if stretch.arrival is not None:
        points.append(_point(stretch.arrival, stretch.starts, ends[0], shift, LATE))
    if stretch.departure is not None:
        points.append(_point(stretch.departure, stretch.ends, ends[1], shift, EARLY))
    return points


def _point(name: str, due: datetime, punch: datetime | None, shift: Shift, word: str) -> Point:
    if punch is None:
        return Point(name, due, None, MISSED)
    minutes = max(0, _minutes(due, punch) if word == LATE else _minutes(punch, due))
    if minutes > shift.absent_after:
        return Point(name, due, punch, ABSENT, minutes)
    return Point(name, due, punch, word if minutes > shift.tolerance else OK, minutes)


def _settled(point: Point, known: frozenset[str], excused: frozenset[str]) -> Point:
    """Return the point as an approved explanation, or clocks out of order, leave it."""
    if point.state == OK:
        return point
    if point.point in known:
        return Point(point.point, point.due, point.punch, CORRECTED)
    return Point(point.point, point.due, point.punch, DOWN) if point.point in excused else point


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


def _weight(stretches: Sequence[Stretch], way: Sequence[Ends], shift: Shift) -> tuple[int, int, int]:
    """Return what a reading costs: half-days absent, faults, missed points; compared in this order."""
    judged = [one for stretch, ends in zip(stretches, way, strict=True) for one in _judged(stretch, ends, shift)]
    weights = [_WEIGHTS.get(one.state, (0, 0, 0)) for one in judged]
    return (sum(w[0] for w in weights), sum(w[1] for w in weights), sum(w[2] for w in weights))


def _minutes(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes passed, as a clock shows them: seconds are not held against anyone. Negative where in time."""
    return (later - earlier) // timedelta(minutes=1)
