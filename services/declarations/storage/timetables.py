"""Timetables, late consents and lateness in their tables."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date

from sqlalchemy import bindparam, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.declarations.domain.consents import LateConsent
from services.declarations.domain.cycles import Cycle
from services.declarations.domain.deadlines import Deadlines, Desk, Timetable
from services.declarations.domain.desks import HEAD
from services.declarations.domain.organisation import Unit
from services.declarations.domain.words import PERSON
from services.declarations.storage.bulk import as_states
from services.declarations.storage.copies import held, look_again
from services.declarations.storage.review_tables import late_consent, lateness, timetable
from services.declarations.storage.tables import declaration
from shared.database import Row
from shared.working_days import UnknownYear, WorkingDays

t = timetable.c
_TIMETABLES = (
    select(timetable)
    .where(t.bureau == bindparam("bureau"), t.cycle == bindparam("cycle"))
    .order_by(t.frequency, t.since)
)


def timetables(session: Session, bureau: str, cycle: str) -> list[Timetable]:
    def read() -> list[Timetable]:
        return as_states(Timetable, session.execute(_TIMETABLES, {"bureau": bureau, "cycle": cycle}))

    return list(held(session, bureau, ("timetables", bureau, cycle), read))


def deadlines_of(session: Session, bureau: str, cycle: Cycle) -> Deadlines:
    return Deadlines(timetables(session, bureau, cycle.cycle), Calendar(cycle).add)


def set_timetables(session: Session, bureau: str, cycle: str, by: str, tables: Iterable[Timetable]) -> None:
    rows = [{"bureau": bureau, "cycle": cycle, "set_by": by, **vars(one)} for one in tables]
    statement = upsert(timetable)
    changed = {one.name: statement.excluded[one.name] for one in fields(Timetable)} | {"set_by": by}
    key = ["bureau", "cycle", "frequency", "since"]
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)
    look_again(session)


class Calendar:
    """The cycle's working days; a year that nobody has entered yet gives None, never a guess."""

    def __init__(self, cycle: Cycle) -> None:
        self._days = WorkingDays(cycle.calendar)

    def add(self, day: date, n: int) -> date | None:
        try:
            return self._days.add(day, n)
        except UnknownYear:
            return None

    def count(self, start: date, end: date) -> int | None:
        """Count the working days after ``start`` up to ``end``."""
        try:
            return self._days.count(start, end)
        except UnknownYear:
            return None


def renew_desks(session: Session, bureau: str, cycle: Cycle, deadlines: Deadlines) -> None:
    """Renew the deadlines of what lies on somebody's desk, after the timetable or the calendar changed. One statement
    for each period, status and day of arrival."""
    c = declaration.c
    mine = (c.bureau == bureau, c.cycle == cycle.cycle, c.status.in_(["declared", "verified", "returned"]))
    groups = select(c.period, c.status, c.arrived_on).where(*mine, c.arrived_on.is_not(None)).distinct()
    for period, status, arrived in session.execute(groups).all():
        desk: Desk = deadlines.desk(cycle.periods[period], status, arrived)
        same = (c.period == period, c.status == status, c.arrived_on == arrived)
        values = {"due_on": desk.due_on, "escalates_on": desk.escalates_on}
        moved = or_(*(c[name].is_distinct_from(day) for name, day in values.items()))
        session.execute(update(declaration).where(*mine, *same, moved).values(values))


def consents_for(
    session: Session, bureau: str, cycle: str, items: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], LateConsent]:
    """Return (subject, period, indicator) -> what was asked for it; locked until the transaction ends."""
    c = late_consent.c
    keys = sorted(set(items))
    if not keys:
        return {}
    statement = (
        select(late_consent)
        .where(c.bureau == bureau, c.cycle == cycle, tuple_(c.subject, c.period, c.indicator).in_(keys))
        .order_by(c.consent)
        .with_for_update()
    )
    found = as_states(LateConsent, session.execute(statement))
    return {(one.subject, one.period, one.indicator): one for one in found}


def consents_known(
    session: Session, bureau: str, cycle: str, subjects: Iterable[str]
) -> dict[tuple[str, str, str], LateConsent]:
    """Return (subject, period, indicator) -> what was asked for it."""
    c = late_consent.c
    statement = select(late_consent).where(c.bureau == bureau, c.cycle == cycle, c.subject.in_(sorted(set(subjects))))
    found = as_states(LateConsent, session.execute(statement))
    return {(one.subject, one.period, one.indicator): one for one in found}


def consents_about(session: Session, bureau: str, cycle: str, subject: str, period: str) -> dict[str, str]:
    """Return indicator -> asked, granted or refused"""
    c = late_consent.c
    mine = (c.bureau == bureau, c.cycle == cycle, c.subject == subject, c.period == period)
    return {row.indicator: row.status for row in session.execute(select(c.indicator, c.status).where(*mine))}


def add_lateness(session: Session, rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(lateness), rows)


def escalate_unit(session: Session, bureau: str, cycle: str, unit: Unit, on: date) -> list[str]:
    """Let the next head up verify from today on what waits for the unit's heads, which is their staff's; return what that is."""
    if not unit.heads:
        return []
    c = declaration.c
    here = (c.bureau == bureau, c.cycle == cycle, c.unit == unit.unit, c.status == "declared", c.verifier == HEAD)
    staff = (c.layer == PERSON, c.subject.not_in(sorted(unit.heads)))
    waiting = or_(c.escalates_on.is_(None), c.escalates_on > on)
    statement = update(declaration).where(*here, *staff, waiting).values(escalates_on=on).returning(c.declaration)
    return sorted(session.execute(statement).scalars())
