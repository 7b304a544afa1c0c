"""What complaints keeps of others' events: units, persons, and the calendar overrides of cycles."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.complaints.storage.tables import cycles, persons, units
from shared.working_days import WorkingDays


@dataclass(frozen=True)
class Unit:
    code: str
    kind: str
    line: str
    active: bool


@dataclass(frozen=True)
class Person:
    code: str
    unit: str
    line: str
    active: bool


class Copies:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def units(self) -> dict[str, Unit]:
        rows = self._session.execute(select(units).where(units.c.bureau == self._bureau))
        return {row.unit: Unit(row.unit, row.kind, row.line, row.active) for row in rows}

    def persons(self) -> dict[str, Person]:
        rows = self._session.execute(select(persons).where(persons.c.bureau == self._bureau))
        return {row.person: Person(row.person, row.unit, row.line, row.active) for row in rows}

    def overrides(self) -> dict[date, bool]:
        """What the bureau's cycles say of single days, the later cycle's on top."""
        own = select(cycles.c.calendar).where(cycles.c.bureau == self._bureau)
        rows = self._session.scalars(own.order_by(cycles.c.cycle))
        return {date.fromisoformat(day): worked for row in rows for day, worked in row.items()}

    def calendar(self) -> WorkingDays:
        """The national calendar under the bureau's overrides."""
        return WorkingDays(self.overrides())
