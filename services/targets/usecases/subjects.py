"""Who is scored: units and persons with the layer, line and unit they count under."""

from collections.abc import Iterable
from datetime import date

from services.targets.domain.claim_days import Presence
from services.targets.domain.claims import Subject
from services.targets.domain.cycles import Cycle
from services.targets.domain.sharing import Member
from services.targets.storage.generation import Places
from services.targets.storage.persons import Persons
from services.targets.storage.units import Units
from shared.database import Session


def all_subjects(session: Session, bureau: str, day: date) -> dict[str, Subject]:
    """Return every scored unit, and everyone who holds a place in one on ``day``, by code."""
    members = Persons(session, bureau).staff_on(day)
    return _units(session, bureau) | {one.person: _person(one) for one in members}


def some_subjects(session: Session, bureau: str, codes: Iterable[str], day: date) -> dict[str, Subject]:
    """Return those of ``codes`` that are scored on ``day``."""
    wanted = set(codes)
    units = {code: one for code, one in _units(session, bureau).items() if code in wanted}
    members = Persons(session, bureau).staff_on(day, among=wanted)
    return units | {one.person: _person(one) for one in members}


def subjects_of(session: Session, bureau: str, unit: str, day: date) -> dict[str, Subject]:
    """Return the unit, where it is scored, and everyone who holds a place in it on ``day``."""
    own = {code: one for code, one in _units(session, bureau).items() if code == unit}
    return own | {one.person: _person(one) for one in Persons(session, bureau).staff_on(day, units=[unit])}


def presence(session: Session, bureau: str, cycle: Cycle, persons: Iterable[str]) -> Presence:
    """Tell for how many days of the cycle ``persons`` are there, as far as places are known now."""
    days = Places(session, bureau).days_of(persons, cycle.starts, cycle.ends)
    return Presence((cycle.ends - cycle.starts).days + 1, days)


def _units(session: Session, bureau: str) -> dict[str, Subject]:
    units = Units(session, bureau).all().values()
    return {one.unit: Subject(one.unit, one.layer, one.line, one.unit) for one in units if one.active and one.layer}


def _person(member: Member) -> Subject:
    return Subject(member.person, "person", member.line, member.unit)
