"""How much of each kind of leave somebody may take in a year, has taken and has left: in minutes, so that halves and hours add up."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from services.attendance.domain.due import half_bounds
from services.attendance.domain.leaves import Leave, hours_taken
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import ShiftPlan

COMPENSATORY = "compensatory"
_ONE_DAY = timedelta(days=1)
_HUNDREDTH = Decimal("0.01")


def minutes_taken(leave: Leave, year: int, plan: ShiftPlan, working: Collection[date], a_day: int) -> int:
    """Return the minutes of ``leave`` in ``year``: half a day's for each half-day of work, of hours those that were due.

    ``working``: the days that the calendar calls worked; ``a_day``: how many minutes count as a day.
    """
    first, last = max(leave.since, date(year, 1, 1)), min(leave.last, date(year, 12, 31))
    days = [first + number * _ONE_DAY for number in range((last - first).days + 1)]
    due = [day for day in days if plan.is_due(day, working=day in working)]
    if not leave.by_the_hour:
        return sum(leave.covers(day, half) for day in due for half in (0, 1)) * a_day // 2
    return sum(_hours(leave, day, plan, a_day) for day in due)


def _hours(leave: Leave, day: date, plan: ShiftPlan, a_day: int) -> int:
    shift = plan.on(day)
    midnight = datetime.combine(day, datetime.min.time())
    worked = half_bounds(day, shift) if shift else ((midnight, midnight + _ONE_DAY),)
    taken = [one for starts, ends in worked for one in hours_taken([leave], starts, ends).values()]
    return min(sum(taken, timedelta()) // timedelta(minutes=1), a_day)


def limit_of(kind: str, year: int, own: Mapping[str, int], earned: int, rules: Rules) -> int | None:
    """Return how many minutes of ``kind`` the year gives; None: no limit. ``own``: what was set for this person; of 补休 that is what
    was brought over from before, beside what was earned."""
    new_year_eve = date(year, 12, 31)
    a_day = rules.on("leave_day_minutes", new_year_eve)
    most = rules.on(f"days_{kind}", new_year_eve) * a_day or None
    if kind == COMPENSATORY:
        gained = own.get(kind, 0) + earned
        return gained if most is None else min(gained, most)
    return own.get(kind, most)


def minutes_earned(days: Iterable[str], a_day: int) -> int:
    """Return the minutes of leave that days of compensation give; ``days`` as text: 0.5, 1."""
    return int(sum((Decimal(one) for one in days), Decimal(0)) * a_day)


def in_days(minutes: int, a_day: int) -> str:
    """Return minutes of leave as days, to the hundredth."""
    found = (Decimal(minutes) / a_day).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return format(found.normalize(), "f") if found else "0"
