"""What units and positions were from a day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.targets.storage import office_tables as tables

BEGINNING = date(1949, 10, 1)  # of what a bureau tells first: it was so as far back as anyone asks
State = dict[str, Any]


class OrganisationHistory:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def save(self, kind: str, states: Iterable[tuple[str, Mapping[str, Any]]], starts: date, by: str) -> None:
        """From ``starts`` on each code is what its state says; a second change of one day replaces the first."""
        table = tables.organisation_history
        rows = [
            {"bureau": self._bureau, "kind": kind, "code": code, "starts": starts, "state": dict(state), "by": by}
            for code, state in states
        ]
        if rows:
            statement = insert(table)
            changed = {"state": statement.excluded.state, "by": statement.excluded.by}
            key = ["bureau", "kind", "code", "starts"]
            self._session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)

    def on(self, kind: str, day: date, *, only_existing: bool = False) -> dict[str, State]:
        """code -> state on ``day``; of what came later its first state, unless ``only_existing``."""
        found: dict[str, State] = {}
        for code, starts, state in self._rows(kind):
            if starts <= day or (code not in found and not only_existing):
                found[code] = state
        return found

    def versions(self, kind: str, code: str) -> list[State]:
        """Oldest first, each with the day it ``starts``."""
        return [{"starts": starts, **state} for known, starts, state in self._rows(kind) if known == code]

    def last_change(self, kind: str) -> dict[str, date]:
        table = tables.organisation_history
        statement = select(table.c.code, func.max(table.c.starts)).filter_by(bureau=self._bureau, kind=kind)
        return dict(self._session.execute(statement.group_by(table.c.code)).all())

    def _rows(self, kind: str) -> list[tuple[str, date, State]]:
        table = tables.organisation_history
        columns = (table.c.code, table.c.starts, table.c.state)
        statement = select(*columns).filter_by(bureau=self._bureau, kind=kind).order_by(table.c.code, table.c.starts)
        return [(code, starts, state) for code, starts, state in self._session.execute(statement)]
