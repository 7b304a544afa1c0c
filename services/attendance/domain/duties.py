"""值班: time on duty beside the shift, and the days off that it and work on days of rest give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from services.attendance.domain.due import half_bounds
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import Shift

_AROUND = timedelta(
    minutes=15
)  # who comes or goes presses so near to the ends; the shift before and after lies further off
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


def pressed(duty: Duty, punches: Sequence[datetime]) -> list[datetime]:
    """Return the punches that show that the duty was stood."""
    return [one for one in punches if duty.starts - _AROUND <= one <= duty.ends + _AROUND]


def minutes_on(duty: Duty, shift: Shift | None) -> int:
    """Return the duty's minutes beside the work of its day; ``shift``: what is due that day anyway."""
    spans = half_bounds(duty.day, shift) if shift else ()
    both = [min(ends, duty.ends) - max(starts, duty.starts) for starts, ends in spans]
    beside = duty.ends - duty.starts - sum((one for one in both if one > timedelta()), timedelta())
    return int(beside.total_seconds() // 60)


def days_earned(minutes: int, day: date, rules: Rules) -> Decimal:
    """Return the days of compensation (补休) that so many minutes give: half a day, a whole one, no more."""
    enough = [rules.on(rule, day) <= minutes for rule in ("rest_day_half", "rest_day_whole")]
    return sum(enough) * _HALF
