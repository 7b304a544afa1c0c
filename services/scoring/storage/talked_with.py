"""Whom one talks with before there are results: where they are, and whether there are results yet."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.scoring.domain.run import FROZEN
from services.scoring.storage import tables
from services.scoring.storage.projections import unit_within


def unit_of(session: Session, bureau: str, cycle: str, subject: str) -> str | None:
    """Return the unit that ``subject`` is, or the one a person was in last within the cycle; None where it is not active."""
    person, unit = tables.person.c, tables.unit.c
    known = exists().where(person.bureau == bureau, person.person == subject, person.active)
    there = exists().where(unit.bureau == bureau, unit.unit == subject, unit.active)
    if not session.execute(select(known | there)).scalar_one():
        return None
    return unit_within(session, bureau, cycle, subject)


def has_results(session: Session, bureau: str, cycle: str) -> bool:
    """Tell whether a run of the cycle has been approved: from then on there is something to talk about."""
    run = tables.run.c
    approved = exists().where(run.bureau == bureau, run.cycle == cycle, run.status != FROZEN)
    return bool(session.execute(select(approved)).scalar_one())
