"""Working days of the bureau: the State Council's calendar (worked weekends included) under a table of overrides.

The official notice for a year appears only in the preceding November, so a year that neither the library nor the overrides
know is an error, never a guess.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from chinese_calendar.constants import holidays as national_holidays
from chinese_calendar.constants import workdays as worked_weekends

_KNOWN_YEARS = frozenset(day.year for day in national_holidays)
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class UnknownYear(LookupError):
    """Neither the national calendar nor an override tells the working days of this year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar of working days for {year}")
        self.year = year


class WorkingDays:
    """A calendar. ``overrides`` maps a day to whether it is worked and wins over the national calendar.

    A year the national calendar lacks counts as entered once its New Year's Day stands among the overrides; its other days
    then follow the week unless overridden. An override to "not worked" is a holiday, as those of the national calendar are.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def is_working(self, day: date) -> bool:
        """Tell whether the bureau works on ``day``; raises ``UnknownYear``."""
        if day in self._overrides:
            return self._overrides[day]
        self._require(day.year)
        if day in national_holidays:
            return False
        return day.weekday() < _SATURDAY or day in worked_weekends

    def is_holiday(self, day: date) -> bool:
        """Tell whether ``day`` lies in a holiday block, its weekends included; an ordinary
        weekend does not. Raises ``UnknownYear``."""
        if day in self._overrides:
            return not self._overrides[day]
        self._require(day.year)
        return day in national_holidays

    def add(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day``, whose own day is not counted; raises ``UnknownYear``."""
        if n < 0:
            raise ValueError("working days are counted forward only")
        while n > 0:
            day += _ONE_DAY
            n -= self.is_working(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Return working days after ``start`` up to and including ``end``; 0 where
        ``end`` is not later. Raises ``UnknownYear``."""
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def between(self, first: date, last: date) -> list[date]:
        """Return the working days from ``first`` to ``last``, both included; raises ``UnknownYear``."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_working(day)]

    def _require(self, year: int) -> None:
        if year not in _KNOWN_YEARS and date(year, 1, 1) not in self._overrides:
            raise UnknownYear(year)
