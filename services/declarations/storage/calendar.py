"""Working days for the terms of appeals."""

from collections.abc import Mapping
from datetime import date

from shared.working_days import UnknownYear, WorkingDays


def working_day_after(calendar: Mapping[date, bool], day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``. A year whose holidays
    nobody knows yet is counted by its weeks.

    The notice for a year comes out in the November before, so that a term begun in December may reach into one that is
    unknown; the day is written down when it is set and does not move when the holidays become known.
    """
    known = dict(calendar)
    while True:
        try:
            return WorkingDays(known).add(day, count)
        except UnknownYear as unknown:
            known[date(unknown.year, 1, 1)] = False
