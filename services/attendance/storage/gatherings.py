"""Meetings and study sessions."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import any_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.gatherings import Gathering
from services.attendance.storage.lists import days_asked, page_of
from services.attendance.storage.punches import local
from services.attendance.storage.tables import gatherings, persons, shown
from shared.clock import midnight_of
from shared.database import Row
from shared.pages import mentioning


class Gatherings:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> None:
        self._session.execute(insert(gatherings), [{"bureau": self._bureau, **row} for row in rows])

    def get(self, gathering: str, *, lock: bool = False) -> Row | None:
        statement = select(gatherings).where(gatherings.c.bureau == self._bureau, gatherings.c.gathering == gathering)
        found = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(found) if found else None

    def withdraw(self, gathering: str, revision: int) -> None:
        changed = gatherings.update().where(gatherings.c.bureau == self._bureau, gatherings.c.gathering == gathering)
        self._session.execute(changed.values(status="withdrawn", revision=revision))

    def between(self, first: date, last: date) -> list[tuple[Gathering, frozenset[str]]]:
        """Return gatherings that opened from the day ``first`` through ``last``, each with whom it expected."""
        starts = midnight_of(first)
        ends = midnight_of(last + timedelta(days=1))
        chosen = select(gatherings).where(
            gatherings.c.bureau == self._bureau,
            gatherings.c.status == "called",
            gatherings.c.opens_at >= starts,
            gatherings.c.opens_at < ends,
        )
        return [(_gathering(row), frozenset(row.persons)) for row in self._session.execute(chosen)]

    def page(self, query: Row, person: str | None) -> Row:
        """Return a page of gatherings; ``person``: only those that expect this
        person; a query may ask for one person's too."""
        statement = select(*shown(gatherings)).where(gatherings.c.bureau == self._bureau)
        for expected in (person, query["person"]):
            if expected is not None:
                statement = statement.where(gatherings.c.persons.contains([expected]))
        if query["unit"]:
            own = (persons.c.bureau == self._bureau) & (persons.c.unit == query["unit"])
            of_unit = select(persons.c.person).where(own, persons.c.person == any_(gatherings.c.persons))
            statement = statement.where(of_unit.correlate(gatherings).exists())
        for name in ("kind", "status"):
            if query[name]:
                statement = statement.where(gatherings.c[name] == query[name])
        statement = statement.where(*days_asked(query, gatherings.c.opens_at))
        statement = statement.where(*mentioning(query["q"], gatherings.c.name))
        return page_of(self._session, statement, query, gatherings.c.gathering)


def _gathering(row: Any) -> Gathering:
    return Gathering(row.gathering, row.kind, local(row.opens_at), local(row.closes_at), row.name)
