"""Times a clock cannot have meant: a battery that ran out gives 1971 or 2000, a wrong date gives days to come.

Such punches are kept apart for a person to judge. What can be true is measured against the moment of receipt, nothing else.
"""

from datetime import datetime, timedelta

TOO_OLD, IN_FUTURE = "too_old", "in_future"
_BACK = timedelta(days=400)  # a full memory replayed after a reset reaches back about a year
_AHEAD = timedelta(minutes=10)  # clocks drift by minutes


def doubt(time: datetime, received: datetime) -> str | None:
    """Return why the local ``time`` cannot be right for a punch received at ``received`` (local); None where it can."""
    if time < received - _BACK:
        return TOO_OLD
    return IN_FUTURE if time > received + _AHEAD else None
