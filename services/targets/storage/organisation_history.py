"""What units and positions were from a day on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.targets.storage import office_tables as tables
from shared.database import Row

BEGINNING = date(1949, 10, 1)  # of what a bureau tells first: it was so as far back as anyone asks
State = Row  # what a unit or position is, member by member


@dataclass(frozen=True)
class Waiting:
    """What a unit or position will be from a day to come."""

    kind: str  # unit, position
    code: str
    starts: date
    state: State
    by: str


class OrganisationHistory:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def save(
        self,
        kind: str,
        states: Iterable[tuple[str, Mapping[str, Any]]],
        starts: date,
        by: str,
        *,
        in_force: bool = True,
    ) -> None:
        """Save that from ``starts`` on each code is what its state says; a
        second change of one day replaces the first."""
        table = tables.organisation_history
        known = {"bureau": self._bureau, "kind": kind, "starts": starts, "by": by, "in_force": in_force}
        rows = [{**known, "code": code, "state": dict(state)} for code, state in states]
        if rows:
            statement = insert(table)
            changed = {name: statement.excluded[name] for name in ("state", "by", "in_force")}
            key = ["bureau", "kind", "code", "starts"]
            self._session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)

    def on(self, kind: str, day: date, *, only_existing: bool = False) -> dict[str, State]:
        """Return code -> state on ``day``; of what came later its first state, unless ``only_existing``."""
        found: dict[str, State] = {}
        for code, starts, state in self._rows(kind):
            if starts <= day or (code not in found and not only_existing):
                found[code] = state
        return found

    def versions(self, kind: str, code: str) -> list[State]:
        """Return the versions, oldest first, each with the day it ``starts``; those of days to come as well."""
        return [{"starts": starts, **state} for known, starts, state in self._rows(kind) if known == code]

    def all_versions(self, kind: str) -> dict[str, list[tuple[date, State]]]:
        """Return code -> what it was, from when, the earliest first."""
        found: dict[str, list[tuple[date, State]]] = {}
        for code, starts, state in self._rows(kind):
            found.setdefault(code, []).append((starts, state))
        return found

    def waiting(self, until: date | None = None, *, lock: bool = False) -> list[Waiting]:
        """Return what is not in force yet, by day, units before positions; with ``until`` only what is due then."""
        table = tables.organisation_history
        statement = select(table).filter_by(bureau=self._bureau, in_force=False)
        statement = statement if until is None else statement.where(table.c.starts <= until)
        statement = statement.order_by(table.c.starts, table.c.kind.desc(), table.c.code)
        rows = self._session.execute(statement.with_for_update() if lock else statement).mappings()
        return [Waiting(*(row[name] for name in ("kind", "code", "starts", "state", "by"))) for row in rows]

    def put_in_force(self, one: Waiting) -> None:
        self._session.execute(update(tables.organisation_history).where(*self._is(one)).values(in_force=True))

    def withdraw(self, one: Waiting) -> None:
        self._session.execute(delete(tables.organisation_history).where(*self._is(one)))

    def _is(self, one: Waiting) -> tuple[Any, ...]:
        table = tables.organisation_history
        key = {"bureau": self._bureau, "kind": one.kind, "code": one.code, "starts": one.starts}
        return tuple(table.c[name] == value for name, value in key.items())

    def last_change(self, kind: str) -> dict[str, date]:
        table = tables.organisation_history
        statement = select(table.c.code, func.max(table.c.starts)).filter_by(bureau=self._bureau, kind=kind)
        return dict(self._session.execute(statement.group_by(table.c.code)).all())

    def _rows(self, kind: str) -> list[tuple[str, date, State]]:
        table = tables.organisation_history
        columns = (table.c.code, table.c.starts, table.c.state)
        statement = select(*columns).filter_by(bureau=self._bureau, kind=kind).order_by(table.c.code, table.c.starts)
        return [(code, starts, state) for code, starts, state in self._session.execute(statement)]
