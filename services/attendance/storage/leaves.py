"""Leaves and outings: requested, endorsed, approved, refused, withdrawn."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.leaves import HALF_WORDS, Leave
from services.attendance.storage.lists import held_between, of_people, page_of
from services.attendance.storage.punches import local
from services.attendance.storage.tables import leaves
from shared.database import Row

OPEN = ("requested", "endorsed", "forwarded", "approved")  # what takes the time, or may come to


class Leaves:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> None:
        self._session.execute(insert(leaves), [{"bureau": self._bureau, **row} for row in rows])

    def get(self, leave: str, *, lock: bool = False) -> Row | None:
        statement = select(leaves).where(leaves.c.bureau == self._bureau, leaves.c.leave == leave)
        found = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(found) if found else None

    def change(self, row: Row, **changes: Any) -> Row:
        """Write ``changes`` with the next revision; returns the row as it is then."""
        new = {**changes, "revision": row["revision"] + 1}
        chosen = leaves.update().where(leaves.c.bureau == self._bureau, leaves.c.leave == row["leave"])
        self._session.execute(chosen.values(**new))
        return {**row, **new}

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[Leave]]:
        """Return person -> approved leaves that touch the days from ``first`` through ``last``."""
        found: dict[str, list[Leave]] = defaultdict(list)
        for row in self.open_rows(people, first, last):
            if row["status"] == "approved":
                found[row["person"]].append(leave_of(row))
        return found

    def open_rows(self, people: Iterable[str], first: date, last: date) -> list[Row]:
        """Return what was approved or still may be, in order of its first day."""
        chosen = select(leaves).where(
            leaves.c.bureau == self._bureau,
            leaves.c.person.in_(list(people)),
            leaves.c.status.in_(OPEN),
            leaves.c.first <= last,
            leaves.c.last >= first,
        )
        return [dict(row) for row in self._session.execute(chosen.order_by(leaves.c.first)).mappings()]

    def page(self, query: Row, visible: list[str] | None) -> Row:
        statement = of_people(leaves, self._bureau, query, visible)
        for name in ("kind", "status"):
            if query[name]:
                statement = statement.where(leaves.c[name] == query[name])
        statement = statement.where(*held_between(query, leaves.c.first, leaves.c.last))
        page = page_of(self._session, statement, query, leaves.c.leave)
        return {**page, "items": [told(row) for row in page["items"]]}


def told(row: Row) -> Row:
    """Return a stored leave as it is told."""
    kept = {name: value for name, value in row.items() if name not in ("bureau", "starts_at", "ends_at")}
    halves = {name: HALF_WORDS[row[name]] for name in ("first_half", "last_half")}
    return {**kept, "from": row["starts_at"], "to": row["ends_at"], **halves}


def leave_of(row: Row) -> Leave:
    """Return a stored leave as the rules see it."""
    starts = local(row["starts_at"]) if row["starts_at"] else None
    ends = local(row["ends_at"]) if row["ends_at"] else None
    return Leave(row["kind"], row["first"], row["last"], row["first_half"], row["last_half"], starts, ends)
