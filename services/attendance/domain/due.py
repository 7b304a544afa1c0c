"""What is due of a day: its shift less the half-days and the hours on leave or outings, and the points at which one punches."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from services.attendance.domain.leaves import AFTERNOON, FORENOON, Leave, excuse, hours_taken, mostly
from services.attendance.domain.shifts import Shift, moment

Bounds = tuple[tuple[datetime, datetime], tuple[datetime, datetime]]
_POINTS = {1: (("arrive", "depart"),), 2: (("arrive", "noon_out"), ("noon_in", "depart"))}


@dataclass(frozen=True)
class Stretch:
    """Work without a pause: from when to when, the half-days it fills, the names of its ends (None: nobody punches there)."""

    starts: datetime
    ends: datetime
    halves: tuple[int, ...]
    arrival: str | None
    departure: str | None

    @property
    def points(self) -> tuple[str, ...]:
        return tuple(one for one in (self.arrival, self.departure) if one is not None)


@dataclass(frozen=True)
class Due:
    """``excuses``: for each half-day the leave that takes all of it; ``hours``: what took most of it by the hour, if only a minute;
    ``stretches``: what is left, ascending."""

    excuses: tuple[str | None, str | None]
    hours: tuple[str | None, str | None]
    stretches: tuple[Stretch, ...]


def due_of(day: date, shift: Shift, leaves: Collection[Leave] = ()) -> Due:
    """Return what ``shift`` asks for on ``day``. An hour on an outing is due by nobody: who is
    out at nine until half past is due at half past. A half-day on leave takes its ends with
    it: nobody punches in the middle of a single span."""
    outings = [(one.starts, one.ends) for one in leaves if one.starts is not None and one.ends is not None]
    taken: list[str | None] = [excuse(leaves, day, half) for half in (FORENOON, AFTERNOON)]
    hours: list[str | None] = [None, None]
    excuses = list(taken)
    for half, (starts, ends) in enumerate(half_bounds(day, shift)):
        if by_kind := hours_taken(leaves, starts, ends):
            hours[half] = mostly(by_kind)
            excuses[half] = hours[half] if _left(starts, ends, outings) is None else taken[half]
    stretches = tuple(_stretches(day, shift, taken, outings))
    return Due((excuses[0], excuses[1]), (hours[0], hours[1]), stretches)


@lru_cache(maxsize=4096)
def whole_day(day: date, shift: Shift) -> Due:
    """Return what is due of who is neither on leave nor out: the same for everybody who works by the shift."""
    return due_of(day, shift)


def half_bounds(day: date, shift: Shift) -> Bounds:
    """Return from when to when the forenoon and the afternoon of a shift are worked."""
    middle = moment(day, shift.middle)
    if len(shift.spans) == 1:
        return (moment(day, shift.starts), middle), (middle, moment(day, shift.ends))
    first, second = ((moment(day, span.starts), moment(day, span.ends)) for span in shift.spans)
    return first, second


def _stretches(
    day: date, shift: Shift, taken: Sequence[str | None], outings: Sequence[tuple[datetime, datetime]]
) -> Iterator[Stretch]:
    middle = moment(day, shift.middle)
    by_halves: tuple[tuple[int, ...], ...] = ((0, 1),) if len(shift.spans) == 1 else ((0,), (1,))
    for span, halves, (arrival, departure) in zip(shift.spans, by_halves, _POINTS[len(shift.spans)], strict=True):
        worked = [taken[half] is None for half in halves]
        if not any(worked):
            continue
        starts = moment(day, span.starts) if worked[0] else middle
        ends = moment(day, span.ends) if worked[-1] else middle
        left = _left(starts, ends, outings)
        if left is None or left[1] - left[0] <= timedelta(minutes=shift.tolerance):
            continue
        filled = tuple(half for half in halves if _reaches(half, halves, left, middle))
        yield Stretch(*left, filled, arrival if worked[0] else None, departure if worked[-1] else None)


def _left(
    starts: datetime, ends: datetime, outings: Sequence[tuple[datetime, datetime]]
) -> tuple[datetime, datetime] | None:
    """Return what outings leave of ``starts`` … ``ends`` at its two ends; None where nothing is left."""
    moved = True
    while moved and starts < ends:
        moved = False
        for first, last in outings:
            if first <= starts < last:
                starts, moved = last, True
            if first < ends <= last:
                ends, moved = first, True
    return (starts, ends) if starts < ends else None


def _reaches(half: int, halves: tuple[int, ...], left: tuple[datetime, datetime], middle: datetime) -> bool:
    if len(halves) == 1:
        return True
    return left[0] < middle if half == FORENOON else left[1] > middle
