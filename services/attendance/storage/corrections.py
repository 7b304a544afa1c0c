"""Explanations of forgotten punches: filed, approved, refused, withdrawn."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.lists import of_people, page_of
from services.attendance.storage.tables import corrections
from shared.database import Row

_KEY = ("person", "day", "point")
_DONE_WITH = ("refused", "withdrawn")  # another explanation may take its place


class Corrections:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> list[Row]:
        """File explanations; returns those really new. A second explanation of one point changes nothing."""
        statement = insert(corrections)
        changed = {
            name: statement.excluded[name] for name in ("reason", "filed_at", "filed_by", "status", "decided_by")
        }
        filing = statement.on_conflict_do_update(
            index_elements=["bureau", *_KEY], set_=changed, where=corrections.c.status.in_(_DONE_WITH)
        ).returning(*(corrections.c[name] for name in _KEY), corrections.c.status)
        filed = self._session.execute(filing, [{"bureau": self._bureau, **row} for row in rows])
        return [dict(row) for row in filed.mappings()]

    def get(self, person: str, day: date, point: str) -> Row | None:
        """Return one explanation, locked."""
        found = self._session.execute(select(corrections).where(*self._own(person, day, point)).with_for_update())
        row = found.mappings().first()
        return dict(row) if row else None

    def settle(self, row: Row, status: str, by: str) -> None:
        chosen = update(corrections).where(*self._own(row["person"], row["day"], row["point"]))
        self._session.execute(chosen.values(status=status, decided_by=by))

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[tuple[str, date], set[str]]:
        """Return (person, day) -> points whose explanation is approved."""
        found: dict[tuple[str, date], set[str]] = defaultdict(set)
        for row in self.rows(people, first, last):
            if row["status"] == "approved":
                found[row["person"], row["day"]].add(row["point"])
        return found

    def rows(self, people: Iterable[str], first: date, last: date) -> list[Row]:
        """Return what was explained of these days, decided or not."""
        chosen = select(corrections).where(
            corrections.c.bureau == self._bureau,
            corrections.c.person.in_(list(people)),
            corrections.c.day.between(first, last),
        )
        return [dict(row) for row in self._session.execute(chosen).mappings()]

    def counted(self, people: Iterable[str], first: date, last: date) -> dict[str, int]:
        """Return person -> explanations of these days that stand or wait."""
        chosen = select(corrections.c.person, func.count().label("number")).where(
            corrections.c.bureau == self._bureau,
            corrections.c.person.in_(list(people)),
            corrections.c.day.between(first, last),
            corrections.c.status.not_in(_DONE_WITH),
        )
        return {row.person: row.number for row in self._session.execute(chosen.group_by(corrections.c.person))}

    def page(self, query: Row, visible: list[str] | None) -> Row:
        statement = of_people(corrections, self._bureau, query, visible)
        if query["status"]:
            statement = statement.where(corrections.c.status == query["status"])
        if query["from"]:
            statement = statement.where(corrections.c.day >= query["from"])
        if query["to"]:
            statement = statement.where(corrections.c.day <= query["to"])
        return page_of(self._session, statement, query, *(corrections.c[name] for name in _KEY))

    def _own(self, person: str, day: date, point: str) -> tuple[Any, ...]:
        wanted = {"bureau": self._bureau, "person": person, "day": day, "point": point}
        return tuple(corrections.c[name] == value for name, value in wanted.items())
