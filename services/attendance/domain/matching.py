"""Which punch is taken for which due point of a day.

Direction comes from the shift, never from the device. A punch up to ``absent_after`` minutes after the start is an arrival, one
that near to the end a departure. One between them shows a real late arrival where somebody left properly later, a real early
departure where somebody came properly; alone it stands for the end that it is nearer to. A point whose forgotten punch was
explained counts as punched when it was due; of one that fell due while the clocks were out of order no punch is asked. So one more
punch makes no day worse unless that punch shows somebody really late or early, whatever was explained before it arrived.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.attendance.domain.due import Stretch
from services.attendance.domain.points import CORRECTED, OK, Ends, Point, points_of, weight
from services.attendance.domain.shifts import Shift, moment

_ONE_ACT = timedelta(minutes=1)  # two presses closer than this are one: nobody went to lunch between them
_REST_OF_A_MINUTE = timedelta(seconds=59)  # nobody is held to seconds: 11:00:30 is as near to nine as 11:00


@dataclass(frozen=True)
class Matching:
    """``signed``: punches that signed in to a gathering, by which nobody went home; ``known``: the points that were explained;
    ``down``: those that fell due while the clocks were out of order."""

    shift: Shift
    signed: Collection[datetime]
    known: frozenset[str]
    down: frozenset[str] = frozenset()

    def matched(
        self, day: date, stretches: Sequence[Stretch], punches: Sequence[datetime]
    ) -> list[tuple[Stretch, Sequence[datetime], Ends]]:
        """Return each stretch with its own punches and those taken for its ends. Two stretches are divided in the noon pause, but
        where that leaves something wrong at noon, both noon punches may lie on one side of it."""
        if len(stretches) < 2:
            return [(one, punches, self._ends(one, punches)) for one in stretches]
        noon = moment(day, self.shift.middle)
        sides = [[one for one in punches if one < noon], [one for one in punches if one >= noon]]
        ways = [[self._ends(one, own) for one, own in zip(stretches, sides, strict=True)]]
        if all(sides) and any(self._weight(stretches, ways[0])):
            ways += self._out_before_noon(stretches, sides, ways[0]) + self._in_after_noon(stretches, sides, ways[0])
        best = ways[0] if len(ways) == 1 else min(ways, key=lambda way: self._weight(stretches, way))
        return list(zip(stretches, sides, best, strict=True))

    def judged(
        self, stretch: Stretch, own: Sequence[datetime], ends: Ends, taken: Collection[datetime | None]
    ) -> list[Point]:
        """Judge the ends of a stretch; an explained one by a punch of its own that is not ``taken`` and in time, else as explained."""
        points = points_of(stretch, ends, self.shift)
        if not self.known.intersection(stretch.points):
            return points
        first, last = self._zones(stretch)
        came = next((one for one in own if one <= first and one not in taken), None)
        going = [one for one in own if one >= last and one not in taken and one not in self.signed]
        left = going[-1] if going else None
        real = {one.point: one for one in points_of(stretch, (came, left), self.shift)}
        return [self._explained(one, real[one.point]) for one in points]

    def taken(self, found: Sequence[tuple[Stretch, Sequence[datetime], Ends]]) -> set[datetime | None]:
        """Return the punches that were taken for points nobody explained."""
        pairs = [(end, own) for stretch, _, ends in found for end, own in zip(ends, self._fixed(stretch), strict=True)]
        return {end for end, fixed in pairs if end != fixed}

    def _weight(self, stretches: Sequence[Stretch], way: Sequence[Ends]) -> tuple[int, int, int]:
        return weight(stretches, way, self.shift, self.down)

    def _explained(self, point: Point, real: Point) -> Point:
        if point.point not in self.known:
            return point
        return real if real.state == OK else Point(point.point, point.due, real.punch, CORRECTED)

    def _fixed(self, stretch: Stretch) -> Ends:
        """Return when an explained arrival and departure count as punched."""
        return (
            stretch.starts if stretch.arrival in self.known else None,
            stretch.ends if stretch.departure in self.known else None,
        )

    def _ends(
        self, stretch: Stretch, own: Sequence[datetime], arrived: datetime | None = None, left: datetime | None = None
    ) -> Ends:
        """Return the punches taken for arrival and departure; one that is known already is given."""
        first, last = self._zones(stretch)
        fixed = self._fixed(stretch)
        arrived = arrived or fixed[0] or next((one for one in own if one <= first), None)
        leaving = [one for one in own if one > first and one not in self.signed]
        left = left or fixed[1] or (leaving[-1] if leaving and leaving[-1] >= last else None)
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

    def _zones(self, stretch: Stretch) -> tuple[datetime, datetime]:
        """Return until when a punch can only be an arrival, and from when only a departure."""
        near = timedelta(minutes=self.shift.absent_after) + _REST_OF_A_MINUTE
        near = min(near, (stretch.ends - stretch.starts) / 2)
        return stretch.starts + near, stretch.ends - near

    def _out_before_noon(
        self, stretches: Sequence[Stretch], sides: Sequence[Sequence[datetime]], base: Sequence[Ends]
    ) -> list[list[Ends]]:
        """Return the readings by which one was out and in again before the middle of noon."""
        (first, second), (before, after) = stretches, sides
        until, from_noon = self._zones(first)
        back, came = before[-1], base[0][0]
        if back < first.ends:
            return []
        known = self._fixed(first)[1]
        outs = [one for one in before if one >= from_noon and one not in self.signed]
        outs = [one for one in ([known] if known else outs) if back - one >= _ONE_ACT]
        if outs and outs[-1] != came:
            return [[(came, outs[-1]), self._ends(second, after, arrived=back)]]
        # gone long before noon, and back for the afternoon: one half-day is lost, not both
        gone = [one for one in before if until < one <= back - _ONE_ACT and one not in self.signed]
        gone = [] if known else [one for one in gone if _late_in(first, one)]
        in_time = came if came and came <= until else None
        ways: list[Ends] = [(in_time, one) for one in gone[-1:]]
        if first.departure in self.down and not known:  # nobody could press on the way out
            ways.append(self._ends(first, [one for one in before if back - one >= _ONE_ACT]))
        return [[way, self._ends(second, after, arrived=back)] for way in ways]

    def _in_after_noon(
        self, stretches: Sequence[Stretch], sides: Sequence[Sequence[datetime]], base: Sequence[Ends]
    ) -> list[list[Ends]]:
        """Return the readings by which one was out and in again after the middle of noon."""
        (first, second), (before, after) = stretches, sides
        out = next((one for one in after if one <= second.starts and one not in self.signed), None)
        if out is None:
            return []
        until, from_evening = self._zones(second)
        known, left = self._fixed(second)[0], base[1][1]
        ins = [one for one in ([known] if known else after) if one - out >= _ONE_ACT and one <= until]
        if ins:
            return [[self._ends(first, before, left=out), (ins[0], left)]]
        # there until noon, and back long after it
        back_late = [one for one in after if out + _ONE_ACT <= one < from_evening and not _late_in(second, one)]
        in_time = left if left and left >= from_evening else None
        ways: list[Ends] = [(one, in_time) for one in ([] if known else back_late[:1])]
        if second.arrival in self.down and not known:
            ways.append(self._ends(second, [one for one in after if one - out >= _ONE_ACT]))
        return [[self._ends(first, before, left=out), way] for way in ways]


def _late_in(stretch: Stretch, one: datetime) -> bool:
    """Tell whether it is nearer to the end than to the start."""
    return stretch.ends - one < one - stretch.starts
