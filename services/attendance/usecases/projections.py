"""Keeping what others tell of units, persons and cycles; what it changes of closed months is recomputed at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from services.attendance.domain.shifts import Shift, Span
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.shifts import EVERYBODY, Shifts
from services.attendance.storage.tables import cycles, persons, units
from services.attendance.usecases.months import refresh
from shared.clock import today
from shared.database import Session, upsert_newer
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.projections import kept_in

# What a bureau works by until HR says otherwise: 09:00 to 17:00, two punches, five minutes' tolerance.
STANDARD_SHIFT = Shift("standard", "标准班", (Span(9 * 60, 17 * 60),))
_SINCE = date(2000, 1, 1)
_keep_units = kept_in(units)
_keep_calendars = kept_in(cycles)


def keep_units(session: Session, states: Sequence[UnitChanged]) -> None:
    """Keep units; a bureau heard of for the first time gets the standard shift."""
    _keep_units(session, states)
    for bureau in sorted({state.bureau for state in states}):
        _give_standard_shift(session, bureau)


def keep_persons(session: Session, states: Sequence[PersonChanged]) -> None:
    """Keep persons, of their assignments only where and from when to when. Who came, moved or left within a closed
    month is judged anew: nobody is absent from where they no longer were."""
    codes: dict[str, list[str]] = {}
    for state in states:
        codes.setdefault(state.bureau, []).append(state.person)
    before = {bureau: Copies(session, bureau).persons(own) for bureau, own in codes.items()}
    upsert_newer(session, persons, [_row(state) for state in states], key=("bureau", "person"))
    for bureau in sorted(codes):
        _judge_anew(session, bureau, before[bureau], Copies(session, bureau).persons(codes[bureau]))


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    """Keep cycles; a changed calendar changes the closed months whose days it names."""
    bureaus = sorted({state.bureau for state in states})
    before = {bureau: Copies(session, bureau).overrides() for bureau in bureaus}
    _keep_calendars(session, states)
    for bureau in bureaus:
        after = Copies(session, bureau).overrides()
        days = [day for day in {*before[bureau], *after} if before[bureau].get(day) != after.get(day)]
        months = {f"{day:%Y-%m}" for day in days}
        closed = Months(session, bureau).hold_open(months) if months else []
        if closed:
            refresh(session, bureau, closed, sorted(Enrolments(session, bureau).persons()), "calendar")


def _judge_anew(session: Session, bureau: str, before: Mapping[str, Person], after: Mapping[str, Person]) -> None:
    changed = sorted(
        code for code, one in after.items() if code in before and before[code].assignments != one.assignments
    )
    if not changed:
        return
    months = Months(session, bureau)
    closed = months.hold_from(_SINCE, today())
    judged = months.judged_for(changed)
    affected = [code for code in closed if code in judged or _there(after, changed, code)]
    refresh(session, bureau, affected, changed, "assignment")


def _there(people: Mapping[str, Person], codes: Sequence[str], month: str) -> bool:
    """Tell whether one of them has an assignment that touches the month."""
    return any(
        f"{one.starts:%Y-%m}" <= month and (one.ends is None or month <= f"{one.ends:%Y-%m}")
        for code in codes
        for one in people[code].assignments
    )


def _row(state: PersonChanged) -> dict[str, object]:
    return {
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


def _give_standard_shift(session: Session, bureau: str) -> None:
    """A bureau heard of for the first time gets the standard shift; one that has shifts keeps what it set."""
    shifts = Shifts(session, bureau)
    if shifts.add(STANDARD_SHIFT):
        shifts.assign(
            [{"person": EVERYBODY, "starts": _SINCE, "shift": STANDARD_SHIFT.code, "rotation": [], "ends": None}]
        )
