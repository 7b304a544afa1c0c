"""Leaves and outings, and explanations of forgotten punches."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.leaves import HALF_WORDS, Leave
from services.attendance.storage.punches import local
from services.attendance.storage.tables import corrections, leaves, shown
from shared.database import Row
from shared.pages import keyset


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

    def withdraw(self, leave: str, revision: int) -> None:
        changed = leaves.update().where(leaves.c.bureau == self._bureau, leaves.c.leave == leave)
        self._session.execute(changed.values(status="withdrawn", revision=revision))

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[Leave]]:
        """person -> approved leaves that touch the days from ``first`` through ``last``."""
        chosen = select(leaves).where(
            leaves.c.bureau == self._bureau,
            leaves.c.person.in_(list(people)),
            leaves.c.status == "approved",
            leaves.c.first <= last,
            leaves.c.last >= first,
        )
        found: dict[str, list[Leave]] = defaultdict(list)
        for row in self._session.execute(chosen.order_by(leaves.c.first)):
            found[row.person].append(_leave(row))
        return found

    def page(self, people: list[str] | None, after: str | None, limit: int) -> dict[str, Any]:
        statement = select(*shown(leaves)).where(leaves.c.bureau == self._bureau)
        if people is not None:
            statement = statement.where(leaves.c.person.in_(people))
        page = keyset(self._session, statement, order=[leaves.c.leave], after=after, limit=limit)
        return {**page, "items": [_told(row) for row in page["items"]]}


class Corrections:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> list[Row]:
        """File explanations; returns those really new. A second explanation of one point changes nothing."""
        key = (corrections.c.person, corrections.c.day, corrections.c.point)
        statement = insert(corrections).on_conflict_do_nothing().returning(*key)
        filed = self._session.execute(statement, [{"bureau": self._bureau, **row} for row in rows])
        return [dict(row) for row in filed.mappings()]

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[tuple[str, date], set[str]]:
        """(person, day) -> points explained in time."""
        chosen = select(corrections).where(
            corrections.c.bureau == self._bureau,
            corrections.c.person.in_(list(people)),
            corrections.c.day.between(first, last),
        )
        found: dict[tuple[str, date], set[str]] = defaultdict(set)
        for row in self._session.execute(chosen):
            found[row.person, row.day].add(row.point)
        return found

    def page(self, people: list[str] | None, after: str | None, limit: int) -> dict[str, Any]:
        statement = select(*shown(corrections)).where(corrections.c.bureau == self._bureau)
        if people is not None:
            statement = statement.where(corrections.c.person.in_(people))
        order = [corrections.c.person, corrections.c.day, corrections.c.point]
        return keyset(self._session, statement, order=order, after=after, limit=limit)


def _told(row: Row) -> Row:
    hours = {"from": row.pop("starts_at"), "to": row.pop("ends_at")}
    return {**row, **hours, **{name: HALF_WORDS[row[name]] for name in ("first_half", "last_half")}}


def _leave(row: Any) -> Leave:
    starts = local(row.starts_at) if row.starts_at else None
    ends = local(row.ends_at) if row.ends_at else None
    return Leave(row.kind, row.first, row.last, row.first_half, row.last_half, starts, ends)
