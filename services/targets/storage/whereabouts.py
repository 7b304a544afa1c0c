"""Places by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Column, Text, and_, any_, literal, or_, select
from sqlalchemy.orm import Session

from services.targets.storage import tables
from services.targets.storage.lists import ListPage, matching
from shared.contracts.targets.commands.places import PlaceQuery
from shared.pages import keyset


@dataclass(frozen=True)
class HeldPlace:
    person: str
    unit: str
    line: str
    position: str
    head: bool
    kind: str
    starts: date
    ends: date | None
    name: str  # of the person


def page_of_places(session: Session, bureau: str, since: date, until: date, query: PlaceQuery) -> ListPage[HeldPlace]:
    """Return a page of places that hold on any day from ``since`` to ``until``, by person and start."""
    place, person = tables.assignments, tables.persons
    here = and_(person.c.bureau == place.c.bureau, person.c.person == place.c.person)
    columns = (place.c[name] for name in ("person", "unit", "line", "position", "head", "kind", "starts", "ends"))
    statement = (
        select(*columns, person.c.name)
        .join(person, here)
        .where(place.c.bureau == bureau, place.c.starts <= until, or_(place.c.ends.is_(None), place.c.ends >= since))
        .where(*matching(place, unit=query["unit"], line=query["line"], person=query["person"], kind=query["kind"]))
    )
    order = [place.c.person, place.c.starts]
    page = keyset(session, statement, order=order, after=query["after"], limit=query["limit"])
    return ListPage.read(page, lambda row: HeldPlace(**row))


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
