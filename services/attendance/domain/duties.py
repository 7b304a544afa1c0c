"""值班: time on duty beside the shift, and the days off that it and work on days of rest give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from services.attendance.domain.days import Day
from services.attendance.domain.due import half_bounds
from services.attendance.domain.points import Point
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import Shift

_AROUND = timedelta(
    minutes=15
)  # who comes or goes presses so near to the ends; the shift before and after lies further off
_ONE_ACT = timedelta(minutes=1)  # who presses twice within it presses once
_ARRIVALS = frozenset({"arrive", "noon_in"})
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Duty:
    """Local times."""

    code: str
    name: str
    starts: datetime
    ends: datetime

    @property
    def day(self) -> date:
        return self.starts.date()


def pressed(duty: Duty, punches: Sequence[datetime], days: Iterable[Day] = ()) -> list[datetime]:
    """Return the punches that show that the duty was stood; not by which, in the judged ``days``, work before it was left or work
    after it begun, unless another shows that too."""
    near = [one for one in punches if duty.starts - _AROUND <= one <= duty.ends + _AROUND]
    of_work = [
        point.punch
        for day in days
        for point in day.points
        if point.punch in near and _beside(duty, point) and not _shown_else(point, punches)
    ]
    return [one for one in near if all(abs(one - other) >= _ONE_ACT for other in of_work)]


def _beside(duty: Duty, point: Point) -> bool:
    """Tell whether it is where work ends before the duty or begins after it."""
    return point.due >= duty.ends if point.point in _ARRIVALS else point.due <= duty.starts


def _shown_else(point: Point, punches: Sequence[datetime]) -> bool:
    """Tell whether another punch, nearer to its time, stands for the point too."""
    taken = point.punch or point.due
    first, last = sorted((point.due, taken))
    return any(first <= one <= last and abs(one - taken) >= _ONE_ACT for one in punches)


def minutes_on(duty: Duty, shift: Shift | None) -> int:
    """Return the duty's minutes beside the work of its day; ``shift``: what is due that day anyway."""
    spans = half_bounds(duty.day, shift) if shift else ()
    both = [min(ends, duty.ends) - max(starts, duty.starts) for starts, ends in spans]
    beside = duty.ends - duty.starts - sum((one for one in both if one > timedelta()), timedelta())
    return beside // timedelta(minutes=1)


def days_earned(minutes: int, day: date, rules: Rules) -> Decimal:
    """Return the days of compensation (补休) that so many minutes give: half a day, a whole one, no more."""
    enough = [rules.on(rule, day) <= minutes for rule in ("rest_day_half", "rest_day_whole")]
    return sum(enough) * _HALF
