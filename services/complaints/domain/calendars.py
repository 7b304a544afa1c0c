"""What the rules ask of a calendar of working days, and how periods are counted (令121 art. 45)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from services.complaints.domain.regimes import WORKING, Term

_ONE_DAY = timedelta(days=1)
Pause = tuple[date, date | None]  # the day it began, the day it ended (None while it lasts)


class Calendar(Protocol):
    """Each method raises ``LookupError`` for a year whose calendar is not known yet."""

    def is_working(self, day: date) -> bool: ...

    def is_holiday(self, day: date) -> bool: ...

    def count(self, start: date, end: date) -> int: ...


class Paused(Exception):
    """The clock stands still: nobody can say yet when it runs out."""


def period_end(
    calendar: Calendar, start: date, term: Term, pauses: Sequence[Pause] = (), *, extended: bool = False
) -> date:
    """The last day of a period that ``start`` opens.

    The first day is not counted. Days of a pause are not counted either: its first day still is, its last day is not. A
    calendar-day period that ends in a holiday block ends on the first day after it; on an ordinary weekend it stays.
    Raises ``Paused`` while a pause lasts, ``LookupError`` for a year without calendar.
    """
    end, left = start, term.days + (term.extension if extended else 0)
    while left > 0:
        end += _ONE_DAY
        if not _excluded(end, pauses):
            left -= term.unit != WORKING or calendar.is_working(end)
    while term.unit != WORKING and calendar.is_holiday(end):
        end += _ONE_DAY
    return end


def _excluded(day: date, pauses: Sequence[Pause]) -> bool:
    for began, ended in pauses:
        if ended is None and day > began:
            raise Paused
        if ended is not None and began < day <= ended:
            return True
    return False
