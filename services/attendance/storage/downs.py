"""Clocks out of order, as HR says and somebody else confirms."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.desk_tables import downs
from services.attendance.storage.lists import days_asked
from services.attendance.storage.punches import local
from services.attendance.storage.tables import persons, shown, units
from shared.clock import midnight_of
from shared.database import Row
from shared.pages import keyset

Down = tuple[str, datetime, datetime]  # unit ("" the whole bureau), from, to: local times


class Downs:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, row: Row) -> None:
        self._session.execute(insert(downs).values(bureau=self._bureau, **row))

    def get(self, down: str) -> Row | None:
        """Return one, locked."""
        chosen = select(downs).where(downs.c.bureau == self._bureau, downs.c.down == down).with_for_update()
        found = self._session.execute(chosen).mappings().first()
        return dict(found) if found else None

    def settle(self, row: Row, **changes: Any) -> None:
        chosen = downs.update().where(downs.c.bureau == self._bureau, downs.c.down == row["down"])
        self._session.execute(chosen.values(revision=row["revision"] + 1, **changes))

    def between(self, first: date, last: date) -> list[Down]:
        """Return those confirmed that touch the days from ``first`` through ``last``."""
        starts = midnight_of(first)
        ends = midnight_of(last + timedelta(days=1))
        chosen = select(downs).where(
            downs.c.bureau == self._bureau,
            downs.c.status == "approved",
            downs.c.starts_at < ends,
            downs.c.ends_at >= starts,
        )
        return [(row.unit, local(row.starts_at), local(row.ends_at)) for row in self._session.execute(chosen)]

    def page(self, query: Row) -> Row:
        joined = downs.outerjoin(units, (units.c.bureau == downs.c.bureau) & (units.c.unit == downs.c.unit))
        own = (persons.c.bureau == downs.c.bureau) & (persons.c.person == downs.c.proposed_by)
        names = (units.c.name.label("unit_name"), persons.c.name.label("proposed_by_name"))
        statement = select(*shown(downs), *names).select_from(joined.outerjoin(persons, own))
        statement = statement.where(downs.c.bureau == self._bureau)
        if query["unit"]:
            statement = statement.where(downs.c.unit.in_([query["unit"], ""]))
        if query["status"]:
            statement = statement.where(downs.c.status == query["status"])
        statement = statement.where(*days_asked(query, downs.c.starts_at, downs.c.ends_at))
        order = [downs.c.starts_at, downs.c.down]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])
