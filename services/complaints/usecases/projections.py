"""Keeping what others tell of units, persons and cycles; a changed calendar moves the deadlines of cases that are open."""

from collections.abc import Sequence

from services.complaints.storage.cases import Cases
from services.complaints.storage.projections import Copies
from services.complaints.storage.tables import cycles, persons, units
from services.complaints.usecases.by_itself import by_itself
from services.complaints.usecases.storing import keep_reckoned, reckon
from shared import clock
from shared.database import Session
from shared.events import CycleChanged
from shared.projections import kept_in

CASES_AT_ONCE = 200

keep_units = kept_in(units)
keep_persons = kept_in(persons)
_keep_calendars = kept_in(cycles)


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    """Keep the calendars; what they change is a new version, by which ``recount`` brings the open cases up to date."""
    bureaus = sorted({state.bureau for state in states})
    for bureau in bureaus:
        Copies(session, bureau).hold_calendar()
    before = {bureau: Copies(session, bureau).overrides() for bureau in bureaus}
    _keep_calendars(session, states)
    for bureau in bureaus:
        copies = Copies(session, bureau)
        if copies.overrides() != before[bureau]:
            copies.add_calendar(before[bureau], clock.now())


def recount(session: Session, bureau: str, passed_over: set[str] | None = None, *, wait: bool = False) -> int:
    """Bring up to date some cases that an older calendar, or the release before, has reckoned; returns how many it took up.

    A case that the release before kept gets its history, counting as it counted. ``passed_over``: those that cannot be
    reckoned, which are not taken up again as long as they are in it; it grows by those that are found. ``wait``: for those
    that another works on, which are left for the next time otherwise.
    """
    copies, passed = Copies(session, bureau), passed_over if passed_over is not None else set[str]()
    found = Cases(session, bureau).to_recount(copies.calendar_version(), CASES_AT_ONCE, passed, wait=wait)
    calendar = copies.calendar()
    reckoned, faulty = by_itself(found, lambda one: reckon(one, calendar), "recount")
    passed.update(faulty)
    if reckoned:
        keep_reckoned(session, bureau, reckoned, recount=True)
    return len(found)
