"""Who is scored: units and persons with the layer, line and unit they count under."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from services.targets.domain.claim_days import Presence
from services.targets.domain.claims import Subject
from services.targets.domain.cycles import Cycle
from services.targets.storage.generation import Places
from services.targets.storage.persons import Persons
from services.targets.storage.units import Units


def all_subjects(session: Session, bureau: str, day: date) -> dict[str, Subject]:
    """Every scored unit, and everyone who holds a place in one on ``day``, by code."""
    units = [unit for unit in Units(session, bureau).all().values() if unit.active]
    subjects = {
        unit.unit: Subject(unit.unit, unit.layer, unit.line, unit.unit) for unit in units if unit.layer is not None
    }
    members = Persons(session, bureau).staff_on(day)
    return subjects | {one.person: Subject(one.person, "person", one.line, one.unit) for one in members}


def presence(session: Session, bureau: str, cycle: Cycle, persons: Iterable[str]) -> Presence:
    """For how many days of the cycle ``persons`` are there, as far as places are known now."""
    days = Places(session, bureau).days_of(persons, cycle.starts, cycle.ends)
    return Presence((cycle.ends - cycle.starts).days + 1, days)


def some_subjects(session: Session, bureau: str, codes: Iterable[str], day: date) -> dict[str, Subject]:
    wanted = set(codes)
    return {code: one for code, one in all_subjects(session, bureau, day).items() if code in wanted}
