"""Keeping what others tell of units, persons and cycles; a changed calendar moves the deadlines of all cases."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.complaints.storage.cases import Cases
from services.complaints.storage.copies import Copies
from services.complaints.storage.tables import cycles, persons, units
from services.complaints.usecases.keeping import keep_cases
from shared.database import upsert_newer
from shared.events import CycleChanged, PersonChanged, UnitChanged

_CASES_AT_ONCE = 500


def keep_units(session: Session, states: Sequence[UnitChanged]) -> None:
    rows = [
        {
            "bureau": state.bureau,
            "unit": state.unit,
            "revision": state.revision,
            "name": state.name,
            "kind": state.kind,
            "line": state.line,
            "active": state.active,
        }
        for state in states
    ]
    upsert_newer(session, units, rows, key=("bureau", "unit"))


def keep_persons(session: Session, states: Sequence[PersonChanged]) -> None:
    rows = [
        {
            "bureau": state.bureau,
            "person": state.person,
            "revision": state.revision,
            "name": state.name,
            "unit": state.unit,
            "line": state.line,
            "active": state.active,
        }
        for state in states
    ]
    upsert_newer(session, persons, rows, key=("bureau", "person"))


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    bureaus = sorted({state.bureau for state in states})
    before = {bureau: Copies(session, bureau).overrides() for bureau in bureaus}
    rows = [
        {"bureau": state.bureau, "cycle": state.cycle, "revision": state.revision, "calendar": state.calendar}
        for state in states
    ]
    upsert_newer(session, cycles, rows, key=("bureau", "cycle"))
    for bureau in bureaus:
        if Copies(session, bureau).overrides() != before[bureau]:
            _recount(session, bureau)


def _recount(session: Session, bureau: str) -> None:
    """Deadlines count by the calendar as it is now known, those that had run past its end included."""
    calendar = Copies(session, bureau).calendar()
    for cases in Cases(session, bureau).all(_CASES_AT_ONCE):
        keep_cases(session, bureau, cases, calendar)
