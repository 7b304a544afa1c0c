"""The periods of a cycle: months, quarters, half-years and the year, clipped to the cycle's first and last day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
_LETTERS = {"monthly": "M{:02d}", "quarterly": "Q{}", "half_yearly": "H{}", "yearly": "Y"}


@dataclass(frozen=True)
class CyclePeriod:
    code: str  # 2026-M01, 2026-Q1, 2026-H1, 2026-Y
    frequency: str
    starts: date
    ends: date


def periods_of(year: int, starts: date, ends: date) -> tuple[CyclePeriod, ...]:
    return tuple(period for frequency in _MONTHS for period in _of_frequency(year, frequency, starts, ends))


def _of_frequency(year: int, frequency: str, starts: date, ends: date) -> Iterator[CyclePeriod]:
    width = _MONTHS[frequency]
    for number, first_month in enumerate(range(1, 13, width), start=1):
        first, last = _span(year, first_month, width)
        if first <= ends and last >= starts:
            code = f"{year}-{_LETTERS[frequency].format(number)}"
            yield CyclePeriod(code, frequency, max(first, starts), min(last, ends))


def _span(year: int, first_month: int, width: int) -> tuple[date, date]:
    after = first_month + width
    next_first = date(year, after, 1) if after <= 12 else date(year + 1, 1, 1)
    return date(year, first_month, 1), next_first - timedelta(days=1)
