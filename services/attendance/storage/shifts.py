"""Shifts and who works by them from which day."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.shifts import Assigned, Shift, Span
from services.attendance.storage.lists import held_between, of_people, page_of
from services.attendance.storage.tables import shift_assignments, shifts, shown
from shared.database import Row
from shared.pages import keyset

EVERYBODY = ""  # the person of the bureau's own shift


class Shifts:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, shift: Shift) -> bool:
        """Store a new shift; False where its code is taken. A shift never changes: closed months were judged by it."""
        row = {
            "bureau": self._bureau,
            "shift": shift.code,
            "name": shift.name,
            "spans": [[span.starts, span.ends] for span in shift.spans],
            "tolerance": shift.tolerance,
            "absent_after": shift.absent_after,
            "opens_before": shift.opens_before,
            "flex": shift.flex,
        }
        done = self._session.execute(insert(shifts).values(**row).on_conflict_do_nothing().returning(shifts.c.shift))
        return done.first() is not None

    def exists(self, code: str) -> bool:
        return code in self._all()

    def assign(self, rows: list[Row]) -> None:
        statement = insert(shift_assignments)
        statement = statement.on_conflict_do_update(
            index_elements=["bureau", "person", "starts"],
            set_={name: statement.excluded[name] for name in ("shift", "rotation", "ends")},
        )
        self._session.execute(statement, [{"bureau": self._bureau, **row} for row in rows])

    def plans(self) -> dict[str, list[Assigned]]:
        """Return person ("" for the bureau) -> what was assigned, ascending."""
        known = self._all()
        own = select(shift_assignments).where(shift_assignments.c.bureau == self._bureau)
        plans: dict[str, list[Assigned]] = defaultdict(list)
        for row in self._session.execute(own.order_by(shift_assignments.c.person, shift_assignments.c.starts)):
            shifts = tuple(known.get(code) for code in row.rotation or [row.shift])
            plans[row.person].append(Assigned(row.starts, shifts, row.ends))
        return plans

    def assigned(self, query: Row, visible: list[str] | None) -> Row:
        """Return a page of what was assigned to whom; the bureau's own has no person."""
        statement = of_people(shift_assignments, self._bureau, query, visible)
        statement = statement.where(*held_between(query, shift_assignments.c.starts, shift_assignments.c.ends))
        return page_of(self._session, statement, query, shift_assignments.c.person, shift_assignments.c.starts)

    def page(self, after: str | None, limit: int) -> dict[str, Any]:
        statement = select(*shown(shifts)).where(shifts.c.bureau == self._bureau)
        return keyset(self._session, statement, order=[shifts.c.shift], after=after, limit=limit)

    def _all(self) -> dict[str, Shift]:
        rows = self._session.execute(select(shifts).where(shifts.c.bureau == self._bureau))
        return {row.shift: _shift(row) for row in rows}


def _shift(row: Any) -> Shift:
    spans = tuple(Span(starts, ends) for starts, ends in row.spans)
    return Shift(row.shift, row.name, spans, row.tolerance, row.absent_after, row.opens_before, row.flex)
