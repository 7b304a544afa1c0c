"""Who is on duty when."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.attendance.domain.duties import Duty
from services.attendance.storage.allowance_tables import duties
from services.attendance.storage.lists import days_asked, of_people, page_of
from services.attendance.storage.punches import local
from shared.clock import midnight_of
from shared.database import Row

_ONE_DAY = timedelta(days=1)


class Duties:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> None:
        self._session.execute(insert(duties), [{"bureau": self._bureau, **row} for row in rows])

    def get(self, duty: str) -> Row | None:
        """Return one, locked."""
        chosen = select(duties).where(*self._own(duty)).with_for_update()
        found = self._session.execute(chosen).mappings().first()
        return dict(found) if found else None

    def withdraw(self, row: Row) -> None:
        chosen = duties.update().where(*self._own(row["duty"]))
        self._session.execute(chosen.values(status="withdrawn", revision=row["revision"] + 1))

    def rows(self, people: Iterable[str], first: date, last: date) -> list[Row]:
        """Return the duties called that begin on the days from ``first`` through ``last``."""
        chosen = select(duties).where(
            duties.c.bureau == self._bureau,
            duties.c.person.in_(list(people)),
            duties.c.status == "called",
            duties.c.starts_at >= midnight_of(first),
            duties.c.starts_at < midnight_of(last + _ONE_DAY),
        )
        return [dict(row) for row in self._session.execute(chosen.order_by(duties.c.starts_at)).mappings()]

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[Duty]]:
        """Return person -> duties, ascending."""
        found: dict[str, list[Duty]] = defaultdict(list)
        for row in self.rows(people, first, last):
            found[row["person"]].append(Duty(row["duty"], row["name"], local(row["starts_at"]), local(row["ends_at"])))
        return found

    def page(self, query: Row, visible: list[str] | None) -> Row:
        statement = of_people(duties, self._bureau, query, visible)
        if query["status"]:
            statement = statement.where(duties.c.status == query["status"])
        statement = statement.where(*days_asked(query, duties.c.starts_at, duties.c.ends_at))
        return page_of(self._session, statement, query, duties.c.starts_at, duties.c.duty)

    def _own(self, duty: str) -> tuple[Any, ...]:
        return duties.c.bureau == self._bureau, duties.c.duty == duty
