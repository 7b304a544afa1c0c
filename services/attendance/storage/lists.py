"""Lists of what concerns people: who is meant by name, and only those one may see or asks for; and between which days."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.orm import Session

from services.attendance.storage.tables import persons, shown, units
from shared.clock import midnight_of
from shared.database import Row
from shared.pages import Ordered, keyset, mentioning

NAMES = (persons.c.name.label("person_name"), persons.c.unit.label("unit"), units.c.name.label("unit_name"))


def of_people(table: Table, bureau: str, query: Row, visible: list[str] | None, *hidden: str) -> Select[Any]:
    """Select the bureau's rows of ``table`` with the names of their persons, as
    ``query`` asks; ``visible``: None for everyone."""
    joined = table.outerjoin(persons, (persons.c.bureau == table.c.bureau) & (persons.c.person == table.c.person))
    joined = joined.outerjoin(units, (units.c.bureau == persons.c.bureau) & (units.c.unit == persons.c.unit))
    statement = select(*shown(table, *hidden), *NAMES).select_from(joined).where(table.c.bureau == bureau)
    return statement.where(*asked(query, table.c.person, visible))


def asked(query: Row, person: ColumnElement[Any], visible: list[str] | None) -> list[ColumnElement[bool]]:
    """Return the conditions of ``query``'s person, unit and text, and of whom one may see."""
    conditions = mentioning(query["q"], persons.c.name, person)
    if visible is not None:
        conditions.append(person.in_(visible))
    if query["person"]:
        conditions.append(person == query["person"])
    if query["unit"]:
        conditions.append(persons.c.unit == query["unit"])
    return conditions


def days_asked(
    query: Row, starts: ColumnElement[Any], ends: ColumnElement[Any] | None = None
) -> list[ColumnElement[bool]]:
    """Return the conditions of ``query``'s days ``from`` and ``to`` on instants: what touches them from ``starts`` to ``ends``."""
    conditions = []
    if query["from"]:
        conditions.append((starts if ends is None else ends) >= midnight_of(query["from"]))
    if query["to"]:
        conditions.append(starts < midnight_of(query["to"] + timedelta(days=1)))
    return conditions


def held_between(query: Row, starts: ColumnElement[Any], ends: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Return the conditions of ``query``'s days ``from`` and ``to`` on what holds from day to day, without an end where ``ends`` is null."""
    conditions = []
    if query["from"]:
        conditions.append(or_(ends.is_(None), ends >= query["from"]))
    if query["to"]:
        conditions.append(starts <= query["to"])
    return conditions


def page_of(session: Session, statement: Select[Any], query: Row, *order: Ordered) -> Row:
    """Return the page that ``query`` asks for."""
    paging = {name: query[name] for name in ("after", "limit", "skip", "total")}
    return keyset(session, statement, order=order, **paging)
