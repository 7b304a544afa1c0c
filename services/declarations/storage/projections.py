"""Copies of what other services own, written as their events come in, in any order and as often as they like."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.declarations.storage.check_tables import published_run
from services.declarations.storage.copies import look_again
from services.declarations.storage.former_names import with_former_names
from services.declarations.storage.library import need_cycle
from services.declarations.storage.machine import hold_figures, mark_changed
from services.declarations.storage.review_tables import deed
from services.declarations.storage.tables import (
    claim,
    cycle,
    declaration,
    figures,
    indicator,
    person,
    task_order,
    unit,
)
from services.declarations.storage.timetables import deadlines_of, renew_desks
from shared.clock import today
from shared.database import Row, ensure_partition, upsert_newer
from shared.events import (
    AttendanceMonthChanged,
    CaseFiguresChanged,
    ClaimChanged,
    ClaimChangedV1,
    CycleChanged,
    IndicatorChanged,
    PersonChanged,
    ScoresPublished,
    ScoresPublishedV1,
    UnitChanged,
)

_INDICATOR = [column.name for column in indicator.c]


def keep_units(session: Session, states: Sequence[UnitChanged]) -> None:
    names = [column.name for column in unit.c if column.name != "former_names"]
    rows = [_picked(state, names) for state in states]
    upsert_newer(session, unit, with_former_names(session, unit, "unit", rows, today()), key=("bureau", "unit"))
    look_again(session)


def keep_persons(session: Session, states: Sequence[PersonChanged]) -> None:
    names = [column.name for column in person.c if column.name not in ("places", "former_names")]
    rows = [{**_picked(state, names), "places": _places(state)} for state in states]
    upsert_newer(session, person, with_former_names(session, person, "person", rows, today()), key=("bureau", "person"))
    look_again(session)


def keep_cycles(session: Session, states: Sequence[CycleChanged]) -> None:
    for state in states:
        ensure_partition(session, declaration, state.cycle)
        ensure_partition(session, task_order, state.cycle)
        ensure_partition(session, deed, state.cycle)
    for row in upsert_newer(session, cycle, [_cycle_row(state) for state in states], key=("bureau", "cycle")):
        look_again(session)
        known = need_cycle(session, row["bureau"], row["cycle"])
        renew_desks(session, row["bureau"], known, deadlines_of(session, row["bureau"], known))


def keep_indicators(session: Session, states: Sequence[IndicatorChanged]) -> None:
    rows = [_picked(state, _INDICATOR) for state in states]
    upsert_newer(session, indicator, rows, key=("bureau", "cycle", "indicator"))
    look_again(session)


def keep_claims(session: Session, states: Sequence[ClaimChanged] | Sequence[ClaimChangedV1]) -> None:
    names = [column.name for column in claim.c]
    rows = [_picked(state, names) for state in states]
    upsert_newer(session, claim, rows, key=("bureau", "cycle", "subject", "indicator"))


def keep_figures(
    session: Session, states: Sequence[AttendanceMonthChanged] | Sequence[CaseFiguresChanged], source: str
) -> None:
    rows = [
        {
            "bureau": state.bureau,
            "subject": state.subject,
            "month": state.month,
            "source": source,
            "revision": state.revision,
            "figures": {
                figure: {key: format(value, "f") for key, value in counts.items()}
                for figure, counts in state.figures.items()
            },
        }
        for state in states
    ]
    for bureau in sorted({state.bureau for state in states}):
        hold_figures(session, bureau)
    written = upsert_newer(session, figures, rows, key=("bureau", "subject", "month", "source"))
    for bureau in sorted({row["bureau"] for row in written}):
        changed = [(row["subject"], row["month"]) for row in written if row["bureau"] == bureau]
        mark_changed(session, bureau, source, changed)


def keep_runs(session: Session, states: Sequence[ScoresPublished] | Sequence[ScoresPublishedV1]) -> None:
    """Keep the runs, each with its day, and the last one for appeals against its scores. What version 1 does
    not say: the day on which it was heard of."""
    rows = [
        {
            **_picked(state, ["bureau", "run", "revision", "cycle", "status", "by"]),
            "on": (state.published_on if isinstance(state, ScoresPublished) else None) or today(),
            "objections_until": state.objections_until if isinstance(state, ScoresPublished) else None,
        }
        for state in states
    ]
    upsert_newer(session, published_run, rows, key=("bureau", "run"))


def _picked(state: Any, names: Sequence[str]) -> Row:
    return {name: getattr(state, name) for name in names}


def _places(state: PersonChanged) -> list[list[str | None]]:
    return [[one.starts.isoformat(), one.ends.isoformat() if one.ends else None, one.line] for one in state.assignments]


def _cycle_row(state: CycleChanged) -> Row:
    periods = [
        {"code": one.code, "frequency": one.frequency, "starts": one.starts.isoformat(), "ends": one.ends.isoformat()}
        for one in state.periods
    ]
    row = _picked(state, ["bureau", "cycle", "revision", "status", "rounding", "calendar"])
    return {**row, "periods": periods}
