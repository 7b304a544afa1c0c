"""Places by day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Column, Text, and_, any_, literal, or_, select
from sqlalchemy.orm import Session

from services.targets.storage import tables
from shared.pages import keyset


def page_of_places(
    session: Session,
    bureau: str,
    since: date,
    until: date,
    where: Mapping[str, str],
    after: str | None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of places that hold on any day from ``since`` to ``until``, by person and start."""
    place, person = tables.assignments, tables.persons
    here = and_(person.c.bureau == place.c.bureau, person.c.person == place.c.person)
    columns = (place.c[name] for name in ("person", "unit", "line", "position", "head", "kind", "starts", "ends"))
    statement = (
        select(*columns, person.c.name)
        .join(person, here)
        .where(place.c.bureau == bureau, place.c.starts <= until, or_(place.c.ends.is_(None), place.c.ends >= since))
        .where(*(place.c[name] == value for name, value in where.items()))
    )
    return keyset(session, statement, order=[place.c.person, place.c.starts], after=after, limit=limit)


def active_persons(session: Session, bureau: str, codes: Sequence[str]) -> list[str]:
    """Tell which of ``codes`` are persons of the bureau who have not left."""
    return _active(session, bureau, tables.persons.c.person, codes)


def active_units(session: Session, bureau: str, codes: Sequence[str]) -> list[str]:
    """Tell which of ``codes`` are units of the bureau that are not closed."""
    return _active(session, bureau, tables.units.c.unit, codes)


def _active(session: Session, bureau: str, column: Column[str], codes: Sequence[str]) -> list[str]:
    table = column.table
    statement = select(column).where(table.c.bureau == bureau, table.c.active)
    return list(session.scalars(statement.where(column == any_(literal(list(codes), ARRAY(Text)))).order_by(column)))
