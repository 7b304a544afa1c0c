"""Which days are statutory holidays themselves, apart from the days off that are laid around them.

《全国年节及纪念日放假办法》: before 2025 eleven days, since 2025-01-01 (国务院令第795号) New Year's Eve by the moon and 2 May as well.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

# year → the first day of the lunar year, Tomb-sweeping, Dragon Boat, Mid-Autumn (month, day)
_MOON: Mapping[int, tuple[tuple[int, int], ...]] = {
    2020: ((1, 25), (4, 4), (6, 25), (10, 1)),
    2021: ((2, 12), (4, 4), (6, 14), (9, 21)),
    2022: ((2, 1), (4, 5), (6, 3), (9, 10)),
    2023: ((1, 22), (4, 5), (6, 22), (9, 29)),
    2024: ((2, 10), (4, 4), (6, 10), (9, 17)),
    2025: ((1, 29), (4, 4), (5, 31), (10, 6)),
    2026: ((2, 17), (4, 5), (6, 19), (9, 25)),
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
}
_LONGER_SINCE = 2025


def is_statutory(day: date) -> bool:
    """Tell whether ``day`` is a statutory holiday; of a year that is not known here, every day of a block counts as one."""
    return day.year not in _MOON or day in _of(day.year)


@cache
def _of(year: int) -> frozenset[date]:
    return frozenset(_days(year))


def _days(year: int) -> Iterator[date]:
    spring, *others = (date(year, *one) for one in _MOON[year])
    longer = year >= _LONGER_SINCE
    yield from (spring + timedelta(days=n) for n in range(-1 if longer else 0, 3))
    yield from others
    yield from (date(year, 1, 1), date(year, 5, 1), *(date(year, 10, n) for n in (1, 2, 3)))
    if longer:
        yield date(year, 5, 2)
