"""What the rules ask of a calendar of working days, and how periods are counted (令121 art. 45)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from services.complaints.domain.regimes import WORKING, Readings, Term
from services.complaints.domain.settings import DatedSettings
from services.complaints.domain.statutory_days import is_statutory

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
AS_READ = Readings()
Pause = tuple[date, date | None]  # the day it began, the day it ended (None while it lasts)


class Calendar(Protocol):
    """Each method raises ``LookupError`` for a year whose calendar is not known yet."""

    def is_working(self, day: date) -> bool: ...

    def is_holiday(self, day: date) -> bool: ...

    def count(self, start: date, end: date) -> int: ...


class Paused(Exception):
    """The clock stands still: nobody can say yet when it runs out."""


def period_end(
    calendar: Calendar,
    start: date,
    term: Term,
    pauses: Sequence[Pause] = (),
    *,
    extended: bool = False,
    readings: Readings = AS_READ,
) -> date:
    """Return the last day of a period that ``start`` opens.

    The first day is not counted. Days of a pause are not counted either: its first day still is, its last day is not. A
    calendar-day period that ends in a holiday block ends on the first day after it; on an ordinary weekend it stays.
    Raises ``Paused`` while a pause lasts, ``LookupError`` for a year without calendar.
    """
    end, left = start, term.days + (term.extension if extended else 0)
    while left > 0:
        end += _ONE_DAY
        if not _excluded(end, pauses, readings):
            left -= term.unit != WORKING or calendar.is_working(end)
    while term.unit != WORKING and _moves(calendar, end, readings):
        end += _ONE_DAY
    return end


def _moves(calendar: Calendar, day: date, readings: Readings) -> bool:
    if calendar.is_holiday(day) and (is_statutory(day) or not readings.statutory_only):
        return True
    return readings.weekend_moves and day.weekday() >= _SATURDAY and not calendar.is_working(day)


def _excluded(day: date, pauses: Sequence[Pause], readings: Readings) -> bool:
    for began, ended in pauses:
        if ended is None and day > began:
            raise Paused
        after = day >= began if readings.pause_both_ends else day > began
        if ended is not None and after and day <= ended:
            return True
    return False


class Provisional:
    """A calendar for the years beyond the known ones: weeks without holidays. What it says is marked as not certain."""

    def __init__(self, known: Calendar) -> None:
        self._known = known
        self.guessed = False

    def is_working(self, day: date) -> bool:
        try:
            return self._known.is_working(day)
        except LookupError:
            self.guessed = True
            return day.weekday() < _SATURDAY

    def is_holiday(self, day: date) -> bool:
        try:
            return self._known.is_holiday(day)
        except LookupError:
            self.guessed = True
            return False

    def count(self, start: date, end: date) -> int:
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


class Almanac:
    """What a bureau counts by: its settings, the calendar as it is known, and as it was known at an earlier time (what was
    decided then, and the months that were closed then, stay judged by that)."""

    def __init__(
        self,
        versions: Sequence[tuple[datetime, Calendar]],
        settings: DatedSettings | None = None,
        closed: Mapping[str, datetime] = MappingProxyType({}),
    ) -> None:
        """``versions``: since when each was known, in that order; the first holds for whatever was before.

        ``closed``: month → when its figures were closed.
        """
        self._versions = versions
        self._now = versions[-1][1]
        closings = ((month, at, self.as_of(at)) for month, at in sorted(closed.items()))
        self._closings = [one for one in closings if one[2] is not self._now]
        self.settings = settings or DatedSettings()

    def as_of(self, instant: datetime) -> Calendar:
        known = [calendar for since, calendar in self._versions if since <= instant]
        return known[-1] if known else self._versions[0][1]

    def closings(self, since: date, before: datetime | None) -> Iterator[tuple[str, Calendar]]:
        """Yield the months from that of ``since`` on that were closed by another calendar than is known now, with that calendar.

        ``before``: only those that were closed by then.
        """
        for month, at, known in self._closings:
            if month >= month_of(since) and (before is None or at < before):
                yield month, known

    def is_working(self, day: date) -> bool:
        return self._now.is_working(day)

    def is_holiday(self, day: date) -> bool:
        return self._now.is_holiday(day)

    def count(self, start: date, end: date) -> int:
        return self._now.count(start, end)


def then(calendar: Calendar, instant: datetime) -> Calendar:
    """Return the calendar as it was known at ``instant``; ``calendar`` itself where it has no past."""
    return calendar.as_of(instant) if isinstance(calendar, Almanac) else calendar


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def settings_of(calendar: Calendar) -> DatedSettings:
    """Return the settings of the bureau that counts by ``calendar``; the defaults where it is a bare calendar."""
    return calendar.settings if isinstance(calendar, Almanac) else DatedSettings()


def known_until(calendar: Calendar, today: date) -> date:
    """Return the last day whose working days are known: the end of the last year with a calendar, from this year on."""
    year = today.year
    while _knows(calendar, year):
        year += 1
    return date(year - 1, 12, 31)


def _knows(calendar: Calendar, year: int) -> bool:
    try:
        calendar.is_working(date(year, 12, 31))
    except LookupError:
        return False
    return True
