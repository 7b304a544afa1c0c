"""Keeping what others tell of units, persons and cycles."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from services.attendance.domain.shifts import Shift, Span
from services.attendance.storage.shifts import EVERYBODY, Shifts
from services.attendance.storage.tables import cycles, persons, units
from shared.database import upsert_newer
from shared.events import PersonChanged, UnitChanged
from shared.projections import kept_in

# What a bureau works by until HR says otherwise: 09:00 to 17:00, two punches, five minutes' tolerance.
STANDARD_SHIFT = Shift("standard", "标准班", (Span(9 * 60, 17 * 60),))
_SINCE = date(2000, 1, 1)


_keep_units = kept_in(units)
keep_cycles = kept_in(cycles)


def keep_units(session: Session, states: Sequence[UnitChanged]) -> None:
    """Keep units; a bureau heard of for the first time gets the standard shift."""
    _keep_units(session, states)
    for bureau in sorted({state.bureau for state in states}):
        _give_standard_shift(session, bureau)


def keep_persons(session: Session, states: Sequence[PersonChanged]) -> None:
    """Keep persons, of their assignments only where and from when to when."""
    rows = [
        {
            "bureau": state.bureau,
            "person": state.person,
            "revision": state.revision,
            "name": state.name,
            "unit": state.unit,
            "active": state.active,
            "assignments": [
                {"unit": one.unit, "starts": one.starts.isoformat(), "ends": one.ends.isoformat() if one.ends else None}
                for one in state.assignments
            ],
        }
        for state in states
    ]
    upsert_newer(session, persons, rows, key=("bureau", "person"))


def _give_standard_shift(session: Session, bureau: str) -> None:
    """A bureau heard of for the first time gets the standard shift; one that has shifts keeps what it set."""
    shifts = Shifts(session, bureau)
    if shifts.add(STANDARD_SHIFT):
        shifts.assign([{"person": EVERYBODY, "starts": _SINCE, "shift": STANDARD_SHIFT.code}])
