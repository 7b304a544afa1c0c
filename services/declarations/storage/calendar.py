"""Working days for the terms of appeals."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage import tables
from shared.working_days import UnknownYear, WorkingDays


def calendar_of(session: Session, bureau: str, cycle: str) -> dict[date, bool]:
    """What the cycle says beside the national calendar: day -> worked."""
    c = tables.cycle.c
    found = session.execute(select(c.calendar).where(c.bureau == bureau, c.cycle == cycle)).scalar()
    return {date.fromisoformat(day): worked for day, worked in (found or {}).items()}


def working_day_after(calendar: dict[date, bool], day: date, count: int) -> date:
    """The ``count``-th working day after ``day``. A year whose holidays nobody knows yet is counted by its weeks.

    The notice for a year comes out in the November before, so that a term begun in December may reach into one that is unknown;
    the day is written down when it is set and does not move when the holidays become known.
    """
    known = dict(calendar)
    while True:
        try:
            return WorkingDays(known).add(day, count)
        except UnknownYear as unknown:
            known[date(unknown.year, 1, 1)] = False
