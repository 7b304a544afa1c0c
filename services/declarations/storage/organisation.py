"""Units with their heads, and the subjects of an appraisal, read from the copies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Select, String, and_, any_, bindparam, select
from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Place
from services.declarations.domain.organisation import (
    Subject,
    Unit,
    subject_of_person,
    subject_of_unit,
    with_those_above,
)
from services.declarations.storage import tables
from services.declarations.storage.copies import held
from services.declarations.storage.former_names import names_by_code
from shared.vocabulary.refusals import invalid


class Organisation:
    """The part of a bureau that one batch needs, read once: ``subject(code)`` and ``unit(code)`` ask no database."""

    def __init__(
        self, session: Session, bureau: str, *, subjects: Iterable[str] = (), units: Iterable[str] = ()
    ) -> None:
        self._session, self._bureau = session, bureau
        wanted = sorted(set(subjects))
        self._persons = self._read_persons(wanted)
        around = {row.unit for row in self._persons.values()}
        self._units = read_units(session, bureau, {*wanted, *units, *around})

    def subject(self, code: str) -> Subject:
        """Return a person or unit that is appraised; ``Refused`` for anything else."""
        if code in self._persons:
            row = self._persons[code]
            places = _places(row.places)
            return subject_of_person(code, row.line, self.unit(row.unit), active=row.active, places=places)
        return subject_of_unit(self.unit(code))

    def unit(self, code: str) -> Unit:
        if code not in self._units:
            raise invalid("subject.unknown", f"没有 {code} 这一人员或单位", f"there is no {code}", "subject")
        return self._units[code]

    def _read_persons(self, codes: list[str]) -> Mapping[str, Any]:
        rows = self._session.execute(_PERSONS, {"bureau": self._bureau, "codes": codes}) if codes else ()
        return {row.person: row for row in rows}


def read_units(session: Session, bureau: str, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    """Return units by code with the persons who head them: ``codes`` and those above them, or all of the bureau's."""
    known = held(session, bureau, ("units", bureau), lambda: _read_units(session, bureau))
    if codes is None:
        return dict(known)
    wanted = {one for one in codes if one in known}
    waiting = list(wanted)
    while waiting:
        over = known[waiting.pop()].parent
        if over is not None and over in known and over not in wanted:
            wanted.add(over)
            waiting.append(over)
    return {code: known[code] for code in sorted(wanted)}


def _read_units(session: Session, bureau: str) -> dict[str, Unit]:
    rows = session.execute(_UNITS, {"bureau": bureau}).all()
    heads: dict[str, set[str]] = {}
    for row in rows:
        heads.setdefault(row.unit, set()).update({row.person} - {None})
    return with_those_above(
        {
            row.unit: Unit(row.unit, row.kind, row.line, row.parent, row.active, frozenset(heads[row.unit]))
            for row in rows
        }
    )


def _units_and_heads() -> Select[Any]:
    unit, person = tables.unit, tables.person
    leads = and_(
        person.c.bureau == unit.c.bureau,
        person.c.unit == unit.c.unit,
        person.c.head.is_(True),
        person.c.active.is_(True),
    )
    return select(unit, person.c.person).outerjoin(person, leads).where(unit.c.bureau == _BUREAU)


# Made once: every batch of declarations asks these.
_BUREAU, _CODES = bindparam("bureau", type_=String), bindparam("codes", type_=ARRAY(String))
_UNITS = _units_and_heads()
_PERSON = tables.person.c
_PERSONS = select(_PERSON.person, _PERSON.unit, _PERSON.line, _PERSON.active, _PERSON.places).where(
    _PERSON.bureau == _BUREAU, _PERSON.person == any_(_CODES)
)


def everybody(session: Session, bureau: str) -> list[Subject]:
    """Return all who are appraised: units and their people."""
    units = read_units(session, bureau)
    c = tables.person.c
    staff = session.execute(select(c.person, c.line, c.unit, c.places).where(c.bureau == bureau, c.active.is_(True)))
    appraised = {code: unit for code, unit in units.items() if unit.active and unit.layer is not None}
    persons = [
        subject_of_person(row.person, row.line, appraised[row.unit], active=True, places=_places(row.places))
        for row in staff
        if row.unit in appraised
    ]
    return [*map(subject_of_unit, appraised.values()), *persons]


def _places(stored: Iterable[Sequence[str | None]]) -> tuple[Place, ...]:
    """Places are stored as [first day, last day or null, line]; those of before say no line."""
    return tuple(
        Place(date.fromisoformat(str(first)), date.fromisoformat(last) if last else None, *line)
        for first, last, *line in stored
    )


def active_persons(session: Session, bureau: str, codes: Iterable[str]) -> dict[str, str]:
    """Return person -> unit, of those who are there."""
    c = tables.person.c
    statement = select(c.person, c.unit).where(c.bureau == bureau, c.person.in_(sorted(set(codes))), c.active.is_(True))
    return {row.person: row.unit for row in session.execute(statement)}


def names_of(session: Session, bureau: str, wanted: Iterable[str]) -> dict[str, str]:
    """Return persons and units by code with their present names; whoever is not known, or whose
    name has not come in yet, by their code."""
    return {code: name.now for code, name in names_by_code(session, bureau, wanted).items()}


def unit_of_person(session: Session, bureau: str, person: str | None) -> str | None:
    statement = select(tables.person.c.unit).where(
        tables.person.c.bureau == bureau, tables.person.c.person == person, tables.person.c.active.is_(True)
    )
    return session.execute(statement).scalar() if person else None
