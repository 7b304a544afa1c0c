"""Days of leave that were set for one person and year, and what closed months say was earned."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.allowance_tables import leave_entitlements
from services.attendance.storage.tables import month_figures
from shared.database import Row

_KEY = ("bureau", "person", "year", "kind")


class Entitlements:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def set(self, rows: list[Row]) -> None:
        statement = insert(leave_entitlements)
        changed = {name: statement.excluded[name] for name in ("minutes", "reason", "set_by", "set_at")}
        statement = statement.on_conflict_do_update(index_elements=_KEY, set_=changed)
        self._session.execute(statement, [{"bureau": self._bureau, **row} for row in rows])

    def of_persons(self, people: Iterable[str], year: int) -> dict[str, dict[str, int]]:
        """Return person -> kind -> minutes."""
        chosen = select(leave_entitlements).where(
            leave_entitlements.c.bureau == self._bureau,
            leave_entitlements.c.person.in_(list(people)),
            leave_entitlements.c.year == str(year),
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self._session.execute(chosen):
            found[row.person][row.kind] = row.minutes
        return found

    def earned(self, people: Iterable[str], months: Iterable[str]) -> dict[str, list[str]]:
        """Return person -> the days of compensation that each day of rest at work gave in the closed ``months``."""
        rest_days = month_figures.c.detail["rest_days"]
        chosen = select(month_figures.c.subject, rest_days.label("rest_days")).where(
            month_figures.c.bureau == self._bureau,
            month_figures.c.month.in_(list(months)),
            month_figures.c.subject.in_(list(people)),
        )
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._session.execute(chosen):
            found[row.subject] += [one["earned"] for one in row.rest_days or ()]
        return found
