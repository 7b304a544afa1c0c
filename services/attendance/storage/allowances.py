"""Daily time off: given, ended."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.attendance.domain.shifts import Allowance
from services.attendance.storage.allowance_tables import daily_allowances
from services.attendance.storage.lists import held_between, of_people, page_of
from shared.database import Row


class Allowances:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, rows: list[Row]) -> None:
        self._session.execute(insert(daily_allowances), [{"bureau": self._bureau, **row} for row in rows])

    def get(self, allowance: str) -> Row | None:
        """Return one, locked."""
        chosen = select(daily_allowances).where(*self._own(allowance)).with_for_update()
        found = self._session.execute(chosen).mappings().first()
        return dict(found) if found else None

    def end(self, row: Row, last: date) -> None:
        chosen = daily_allowances.update().where(*self._own(row["allowance"]))
        self._session.execute(chosen.values(ends=last, revision=row["revision"] + 1))

    def of_persons(self, people: Iterable[str], first: date, last: date) -> dict[str, list[Allowance]]:
        """Return person -> what is allowed on some of the days from ``first`` through ``last``."""
        chosen = select(daily_allowances).where(
            daily_allowances.c.bureau == self._bureau,
            daily_allowances.c.person.in_(list(people)),
            daily_allowances.c.starts <= last,
            daily_allowances.c.ends >= first,
        )
        found: dict[str, list[Allowance]] = defaultdict(list)
        for row in self._session.execute(chosen):
            found[row.person].append(Allowance(row.starts, row.ends, row.arrive_later, row.leave_earlier))
        return found

    def page(self, query: Row, visible: list[str] | None) -> Row:
        statement = of_people(daily_allowances, self._bureau, query, visible)
        statement = statement.where(*held_between(query, daily_allowances.c.starts, daily_allowances.c.ends))
        return page_of(self._session, statement, query, daily_allowances.c.person, daily_allowances.c.allowance)

    def _own(self, allowance: str) -> tuple[Any, ...]:
        return daily_allowances.c.bureau == self._bureau, daily_allowances.c.allowance == allowance
