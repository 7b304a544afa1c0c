"""Keeping what others tell of units, persons and cycles; a changed calendar moves the deadlines of all cases."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.complaints.storage.cases import Cases
from services.complaints.storage.copies import Copies
from services.complaints.storage.tables import cycles, persons, units
from services.complaints.usecases.keeping import keep_cases
from shared.events import CycleChanged
from shared.projections import kept_in

_CASES_AT_ONCE = 500


keep_units = kept_in(units)
keep_persons = kept_in(persons)
_keep_calendars = kept_in(cycles)


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    bureaus = sorted({state.bureau for state in states})
    before = {bureau: Copies(session, bureau).overrides() for bureau in bureaus}
    _keep_calendars(session, states)
    for bureau in bureaus:
        if Copies(session, bureau).overrides() != before[bureau]:
            _recount(session, bureau)


def _recount(session: Session, bureau: str) -> None:
    """Deadlines count by the calendar as it is now known, those that had run past its end included."""
    calendar = Copies(session, bureau).calendar()
    for cases in Cases(session, bureau).all(_CASES_AT_ONCE):
        keep_cases(session, bureau, cases, calendar)
