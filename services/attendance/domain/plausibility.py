"""Times a clock cannot have meant: a battery that ran out gives 1971 or 2000. Such punches are kept apart for a person to judge."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

TOO_OLD, IN_FUTURE = "too_old", "in_future"
_BACK = timedelta(days=400)  # a full memory replayed after a reset reaches back about a year
_AHEAD = timedelta(days=1)


def doubt(time: datetime, received: datetime, cycles: Iterable[tuple[date, date]]) -> str | None:
    """Why the local ``time`` cannot be right for a punch received at ``received`` (local); None where it can.

    Inside one of the ``cycles`` under way (first and last day) any time stands: its periods are what is being appraised.
    """
    if any(first <= time.date() <= last + _AHEAD for first, last in cycles):
        return None
    if time < received - _BACK:
        return TOO_OLD
    return IN_FUTURE if time > received + _AHEAD else None
