"""Persons with their assignments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Text, and_, any_, delete, exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from services.targets.domain.persons import OUTSIDE, Person, Place
from services.targets.domain.proposals import Member
from services.targets.storage import tables
from services.targets.storage.lists import ListPage
from shared.clock import today
from shared.contracts.targets.commands.persons import PersonQuery
from shared.database import upsert_newer
from shared.pages import asked, keyset, mentioning
from shared.spelling import spelled, spelling

_PLACE = tuple(field.name for field in fields(Place))


class Persons:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def some(self, codes: Iterable[str] | None = None, *, lock: bool = False) -> dict[str, Person]:
        """Return persons by code; all of the bureau's where ``codes`` is None."""
        table = tables.persons
        statement = select(table).where(table.c.bureau == self._bureau).order_by(table.c.person)
        wanted = None if codes is None else list(codes)
        if wanted is not None:
            statement = statement.where(table.c.person == any_(literal(wanted, ARRAY(Text))))
        rows = list(self._session.execute(statement.with_for_update() if lock else statement).mappings())
        places = self._places(wanted)
        return {row["person"]: _person(row, places.get(row["person"], [])) for row in rows}

    def get(self, code: str, *, lock: bool = False) -> Person | None:
        return self.some([code], lock=lock).get(code)

    def save(self, persons: Sequence[Person]) -> None:
        if not persons:
            return
        fields = ("person", "revision", "name", "active", "by")
        known = {"bureau": self._bureau, "told_on": today()}
        rows = [
            {**known, **{name: getattr(person, name) for name in fields}, "spelling": spelling(person.name)}
            for person in persons
        ]
        upsert_newer(self._session, tables.persons, rows, ("bureau", "person"))
        self._replace_places(persons)

    def turning(self, day: date, limit: int) -> dict[str, tuple[Person, date]]:
        """Return those whose place began or ended since the others were told,
        and the day for which they were; locked."""
        table, place = tables.persons, tables.assignments
        begun = and_(place.c.starts > table.c.told_on, place.c.starts <= day)
        ended = and_(place.c.ends >= table.c.told_on, place.c.ends < day)
        changed = exists().where(place.c.bureau == table.c.bureau, place.c.person == table.c.person, or_(begun, ended))
        statement = select(table.c.person, table.c.told_on).where(table.c.bureau == self._bureau, changed)
        told = dict(self._session.execute(statement.order_by(table.c.person).limit(limit).with_for_update()).all())
        return {code: (person, told[code]) for code, person in self.some(told).items()}

    def note_told(self, codes: Sequence[str], day: date) -> None:
        table = tables.persons
        here = table.c.person == any_(literal(list(codes), ARRAY(Text)))
        self._session.execute(update(table).where(table.c.bureau == self._bureau, here).values(told_on=day))

    def changing_after(self, day: date) -> list[str]:
        """Return codes of those who begin or leave a place after ``day``, as far as it is known."""
        place = tables.assignments
        statement = select(place.c.person).where(
            place.c.bureau == self._bureau, or_(place.c.starts > day, place.c.ends >= day)
        )
        return list(self._session.scalars(statement.distinct().order_by(place.c.person)))

    def holding(self, positions: Sequence[str]) -> list[str]:
        """Return codes of those who ever held one of ``positions``."""
        table = tables.assignments
        statement = select(table.c.person).where(table.c.bureau == self._bureau, table.c.position.in_(positions))
        return list(self._session.scalars(statement.distinct().order_by(table.c.person)))

    def staff_on(
        self, day: date, *, among: Iterable[str] | None = None, units: Iterable[str] | None = None
    ) -> list[Member]:
        """Return who holds a place in a scored unit on ``day``, by code;
        ``among`` these persons, in these ``units`` only."""
        place, unit = tables.assignments, tables.units
        here = and_(unit.c.bureau == place.c.bureau, unit.c.unit == place.c.unit)
        statement = (
            select(place.c.person, place.c.unit, place.c.line)
            .join(unit, here)
            .where(place.c.bureau == self._bureau, unit.c.active, unit.c.kind.not_in(("bureau", "body")))
            .where(place.c.starts <= day, or_(place.c.ends.is_(None), place.c.ends >= day), place.c.kind != OUTSIDE)
            .order_by(place.c.person)
        )
        if among is not None:
            statement = statement.where(place.c.person == any_(literal(list(among), ARRAY(Text))))
        if units is not None:
            statement = statement.where(place.c.unit == any_(literal(list(units), ARRAY(Text))))
        return [Member(*row) for row in self._session.execute(statement)]

    def page(self, query: PersonQuery, day: date) -> ListPage[str]:
        """Return the codes of one page, found by code, name or its spelling; with ``unit`` or
        ``line`` those whose place on ``day`` is there."""
        table, place = tables.persons, tables.assignments
        statement = select(table.c.person, table.c.spelling).where(table.c.bureau == self._bureau)
        if query["q"]:
            named = mentioning(query["q"], table.c.person, table.c.name)
            statement = statement.where(or_(*named, spelled(table.c.spelling, query["q"])))
        unit, line = query["unit"], query["line"]
        if unit or line:
            here = and_(place.c.bureau == table.c.bureau, place.c.person == table.c.person)
            statement = statement.join(place, here).where(
                place.c.starts <= day, or_(place.c.ends.is_(None), place.c.ends >= day), place.c.kind != OUTSIDE
            )
            statement = statement.where(place.c.unit == unit) if unit else statement
            statement = statement.where(place.c.line == line) if line else statement
        columns = {"person": table.c.person, "name": table.c.spelling}
        page = keyset(self._session, statement, **asked(query, columns, [table.c.person]))
        return ListPage.read(page, lambda row: str(row["person"]))

    def _places(self, codes: Sequence[str] | None) -> dict[str, list[Place]]:
        table = tables.assignments
        statement = select(table).where(table.c.bureau == self._bureau)
        if codes is not None:
            statement = statement.where(table.c.person == any_(literal(codes, ARRAY(Text))))
        found: dict[str, list[Place]] = {}
        for row in self._session.execute(statement.order_by(table.c.person, table.c.starts)).mappings():
            place = Place(**{name: row[name] for name in _PLACE})
            found.setdefault(row["person"], []).append(place)
        return found

    def _replace_places(self, persons: Sequence[Person]) -> None:
        table = tables.assignments
        codes = [person.person for person in persons]
        self._session.execute(
            delete(table).where(table.c.bureau == self._bureau, table.c.person == any_(literal(codes, ARRAY(Text))))
        )
        rows = [
            {"bureau": self._bureau, "person": person.person, **vars(place)}
            for person in persons
            for place in person.places
        ]
        self._session.execute(insert(table), rows)


def _person(row: Mapping[Any, Any], places: Sequence[Place]) -> Person:
    return Person(row["person"], row["name"], tuple(places), row["active"], row["revision"], row["by"])
