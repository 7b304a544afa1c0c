"""The judgement of one working day: late, early, missed punches, absence. Direction comes from the shift, never the device."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.attendance.domain.leaves import AFTERNOON, FORENOON, Leave, excuse
from services.attendance.domain.shifts import Shift, moment

PRESENT, ABSENT = "present", "absent"
# Two punches closer than this are one act: somebody put the finger on twice.
_ONE_ACT = timedelta(minutes=10)
_POINTS = {1: (("arrive", "depart"),), 2: (("arrive", "noon_out"), ("noon_in", "depart"))}


@dataclass(frozen=True)
class Day:
    """``halves``: for forenoon and afternoon ``present``, ``absent`` or the kind of leave that excuses it."""

    day: date
    halves: tuple[str, str]
    late: int = 0
    early: int = 0
    missed: tuple[str, ...] = ()  # the points without a punch: arrive, noon_out, noon_in, depart


@dataclass(frozen=True)
class _Stretch:
    """Work between two punches: the expected times, the half-days it fills and which of its ends are excused."""

    starts: datetime
    ends: datetime
    halves: tuple[int, ...]
    points: tuple[str, str]
    arrival_due: bool
    departure_due: bool


def judge_day(
    day: date,
    shift: Shift,
    punches: Sequence[datetime],
    leaves: Collection[Leave] = (),
    corrected: Collection[str] = (),
    signed: Collection[datetime] = (),
) -> Day:
    """Judge ``day`` from the ascending local times of the punches in its window.

    ``corrected`` are the points whose missing punch was explained in time; an explanation stands in for one forgotten punch,
    it does not turn a day without any punch into presence. ``signed`` are those punches that signed in to a gathering: they
    prove presence, but nobody went home by them.
    """
    edges = (moment(day, shift.starts), moment(day, shift.ends))
    excuses = [excuse(leaves, day, half, edges[half]) for half in (FORENOON, AFTERNOON)]
    halves = [kind or PRESENT for kind in excuses]
    late, early, missed = 0, 0, []
    for stretch in _stretches(day, shift, excuses):
        own = _within(punches, day, shift, stretch)
        if not own:
            _absent(halves, stretch)
            continue
        arrived, left = _match(own, signed, stretch, shift)
        delay = _minutes(stretch.starts, arrived) if stretch.arrival_due and arrived else 0
        haste = _minutes(left, stretch.ends) if stretch.departure_due and left else 0
        if delay > shift.absent_after:
            halves[stretch.halves[0]] = ABSENT
        if haste > shift.absent_after:
            halves[stretch.halves[-1]] = ABSENT
        late += shift.tolerance < delay <= shift.absent_after
        early += shift.tolerance < haste <= shift.absent_after
        missed += [point for point in _missing(stretch, arrived, left) if point not in corrected]
    return Day(day, (halves[0], halves[1]), late, early, tuple(missed))


def _stretches(day: date, shift: Shift, excuses: Sequence[str | None]) -> Iterator[_Stretch]:
    """What is still due of the day. Where leave takes one half of a single span, the other begins or ends in the middle."""
    middle = moment(day, shift.middle)
    by_halves: tuple[tuple[int, ...], ...] = ((0, 1),) if len(shift.spans) == 1 else ((0,), (1,))
    for span, halves, points in zip(shift.spans, by_halves, _POINTS[len(shift.spans)], strict=True):
        due = [excuses[half] is None for half in halves]
        if not any(due):
            continue
        starts = moment(day, span.starts) if due[0] else middle
        ends = moment(day, span.ends) if due[-1] else middle
        yield _Stretch(starts, ends, halves, points, arrival_due=due[0], departure_due=due[-1])


def _within(punches: Sequence[datetime], day: date, shift: Shift, stretch: _Stretch) -> list[datetime]:
    """The punches of a stretch: all of them where the day has one, divided in the noon pause where it has two."""
    if len(stretch.halves) == 2:
        return list(punches)
    noon = moment(day, shift.middle)
    return [punch for punch in punches if (punch < noon) == (stretch.halves[0] == FORENOON)]


def _match(
    own: Sequence[datetime], signed: Collection[datetime], stretch: _Stretch, shift: Shift
) -> tuple[datetime | None, datetime | None]:
    """Arrival is the first punch and departure the last. A single act is what it lies nearer to, and several acts before the
    start (or after the end) are one arrival (or departure): a forgotten punch must not turn into half a day's absence."""
    tolerance = timedelta(minutes=shift.tolerance)
    departures = [punch for punch in own if punch not in signed]
    latest = stretch.starts + timedelta(minutes=shift.absent_after)
    first = next((punch for punch in own if punch not in signed or punch <= latest), None)
    if first is None or not departures:
        return first, None
    last = departures[-1]
    if last <= stretch.starts + tolerance:
        return first, None
    if first >= stretch.ends - tolerance:
        return None, last
    if last - first >= _ONE_ACT:
        return first, last
    nearer_to_start = first - stretch.starts < stretch.ends - last
    return (first, None) if nearer_to_start else (None, last)


def _missing(stretch: _Stretch, arrived: datetime | None, left: datetime | None) -> Iterator[str]:
    if stretch.arrival_due and arrived is None:
        yield stretch.points[0]
    if stretch.departure_due and left is None:
        yield stretch.points[1]


def _absent(halves: list[str], stretch: _Stretch) -> None:
    for half in stretch.halves:
        if halves[half] == PRESENT:
            halves[half] = ABSENT


def _minutes(earlier: datetime, later: datetime) -> int:
    """Whole minutes passed, as a clock shows them: seconds are not held against anyone. Negative where in time."""
    return int((later - earlier).total_seconds() // 60)
