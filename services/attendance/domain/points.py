"""What a due point is held to be by the punch that was taken for it, and what that costs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.attendance.domain.due import Stretch
from services.attendance.domain.shifts import Shift

PRESENT, ABSENT = "present", "absent"
OK, LATE, EARLY, MISSED, CORRECTED, DOWN = "ok", "late", "early", "missed", "corrected", "down"
_WEIGHTS = {ABSENT: (1, 0, 0), LATE: (0, 1, 0), EARLY: (0, 1, 0), MISSED: (0, 1, 1)}

Ends = tuple[datetime | None, datetime | None]  # the punches taken for a stretch's arrival and departure


@dataclass(frozen=True)
class Point:
    """A due point: when it was due, the punch it was judged by, what that was held to be and by how many minutes."""

    point: str
    due: datetime
    punch: datetime | None
    state: str  # ok, late, early, missed, absent, corrected, down
    minutes: int = 0


def points_of(stretch: Stretch, ends: Ends, shift: Shift) -> list[Point]:
    points = []
    if stretch.arrival is not None:
        points.append(_point(stretch.arrival, stretch.starts, ends[0], shift, LATE))
    if stretch.departure is not None:
        points.append(_point(stretch.departure, stretch.ends, ends[1], shift, EARLY))
    return points


def weight(
    stretches: Sequence[Stretch], way: Sequence[Ends], shift: Shift, down: Collection[str] = ()
) -> tuple[int, int, int]:
    """Return what a reading costs: half-days absent, faults, missed points; compared in this order. ``down``: the points that nobody
    is held to."""
    judged = [one for stretch, ends in zip(stretches, way, strict=True) for one in points_of(stretch, ends, shift)]
    weights = [_WEIGHTS.get(one.state, (0, 0, 0)) for one in judged if one.point not in down]
    return (sum(w[0] for w in weights), sum(w[1] for w in weights), sum(w[2] for w in weights))


def _point(name: str, due: datetime, punch: datetime | None, shift: Shift, word: str) -> Point:
    if punch is None:
        return Point(name, due, None, MISSED)
    minutes = max(0, _minutes(due, punch) if word == LATE else _minutes(punch, due))
    if minutes > shift.absent_after:
        return Point(name, due, punch, ABSENT, minutes)
    return Point(name, due, punch, word if minutes > shift.tolerance else OK, minutes)


def _minutes(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes passed, as a clock shows them: seconds are not held against anyone. Negative where in time."""
    return (later - earlier) // timedelta(minutes=1)
