"""What attendance keeps of others' events: units, persons with their assignments, cycles with their calendar overrides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.attendance.storage.tables import cycles, persons, units
from shared.working_days import WorkingDays


@dataclass(frozen=True)
class Assignment:
    unit: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Person:
    code: str
    name: str
    unit: str
    active: bool
    assignments: tuple[Assignment, ...]

    def unit_on(self, day: date) -> str | None:
        """Return the unit where the person worked on ``day``; None while without an assignment."""
        for one in self.assignments:
            if one.starts <= day and (one.ends is None or day <= one.ends):
                return one.unit
        return None

    def unit_at(self, day: date) -> str:
        """Return the unit to which ``day`` is told: where the person worked, or works now while without an assignment."""
        return self.unit_on(day) or self.unit


class Copies:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    @staticmethod
    def bureaus(session: Session) -> list[str]:
        return sorted(session.scalars(select(units.c.bureau).distinct()))

    def person(self, code: str) -> Person | None:
        return next(iter(self._persons(persons.c.person == code)), None)

    def persons(self, codes: list[str] | None = None) -> dict[str, Person]:
        chosen = persons.c.person.in_(codes) if codes is not None else persons.c.person.is_not(None)
        return {one.code: one for one in self._persons(chosen)}

    def unit_kinds(self) -> dict[str, str]:
        rows = self._session.execute(select(units.c.unit, units.c.kind).where(units.c.bureau == self._bureau))
        return {row.unit: row.kind for row in rows}

    def unit_names(self) -> dict[str, str]:
        rows = self._session.execute(select(units.c.unit, units.c.name).where(units.c.bureau == self._bureau))
        return {row.unit: row.name for row in rows}

    def calendar(self) -> WorkingDays:
        """Return the national calendar under the overrides of all the bureau's cycles, the later cycle's on top."""
        return WorkingDays(self.overrides())

    def overrides(self) -> dict[date, bool]:
        """Return the days that the bureau's cycles set otherwise than the national calendar -> worked."""
        rows = self._session.execute(
            select(cycles.c.calendar).where(cycles.c.bureau == self._bureau).order_by(cycles.c.cycle)
        )
        return {date.fromisoformat(day): worked for row in rows for day, worked in row.calendar.items()}

    def _persons(self, chosen: ColumnElement[bool]) -> list[Person]:
        where = (persons.c.bureau == self._bureau) & chosen
        return [_person(row) for row in self._session.execute(select(persons).where(where)).mappings()]


def _person(row: Any) -> Person:
    assignments = tuple(_assignment(one) for one in row["assignments"])
    return Person(row["person"], row["name"], row["unit"], row["active"], assignments)


def _assignment(raw: dict[str, Any]) -> Assignment:
    ends = date.fromisoformat(raw["ends"]) if raw["ends"] else None
    return Assignment(raw["unit"], date.fromisoformat(raw["starts"]), ends)
