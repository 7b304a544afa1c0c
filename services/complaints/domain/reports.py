"""A report's figures beside those of the year before."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from shared.vocabulary.case_reports import REPORT_ITEMS, STANDING

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Period:
    since: date
    until: date

    @property
    def year_before(self) -> "Period":
        """Return the same days of the year before; a period that ends with a February ends with that February."""
        return Period(_year_before(self.since), _year_before(self.until + timedelta(days=1)) - timedelta(days=1))


@dataclass(frozen=True)
class Line:
    """``change``: in percent against the year before; None where that was nothing, or is not known."""

    item: str
    zh: str
    unit: str
    value: Decimal
    before: Decimal | None
    change: Decimal | None


def lines(now: Mapping[str, Decimal], before: Mapping[str, Decimal]) -> list[Line]:
    """Return every item of the report."""
    return [
        _line(item, zh, unit, now.get(item, Decimal(0)), None if item in STANDING else before.get(item, Decimal(0)))
        for item, (zh, unit) in REPORT_ITEMS.items()
    ]


def change(value: Decimal, before: Decimal | None) -> Decimal | None:
    """Return by how many percent ``value`` differs, rounded once, half up."""
    if not before:
        return None
    return ((value - before) * 100 / before).quantize(_TENTH, ROUND_HALF_UP)


def month_period(month: str) -> Period:
    year, number = (int(part) for part in month.split("-"))
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def _line(item: str, zh: str, unit: str, value: Decimal, before: Decimal | None) -> Line:
    return Line(item, zh, unit, value, before, change(value, before))


def _year_before(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
