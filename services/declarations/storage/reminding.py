"""What the daily work is made of: which cycles have had theirs, who has declared, what lies with whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import OPEN
from services.declarations.domain.words import OPEN_CYCLES, SYSTEM
from services.declarations.storage import tables
from services.declarations.storage.bulk import as_states, codes
from services.declarations.storage.review_tables import reminded, timetable
from shared.vocabulary.declarations import PENDING_STATES

d, y, t, r, o = tables.declaration.c, tables.cycle.c, timetable.c, reminded.c, tables.task_order.c
i = tables.indicator.c


def not_reminded(session: Session, on: date) -> list[tuple[str, str]]:
    """Return (bureau, cycle) of the open cycles with a timetable, open orders or machine-counted items in which nobody has been reminded on this day."""
    ruled = exists().where(t.bureau == y.bureau, t.cycle == y.cycle)
    done = exists().where(r.bureau == y.bureau, r.cycle == y.cycle, r.on == on)
    ordered = exists().where(o.bureau == y.bureau, o.cycle == y.cycle, o.status.in_(OPEN))
    counted = exists().where(i.bureau == y.bureau, i.cycle == y.cycle, i.figure.is_not(None), i.active.is_(True))
    statement = (
        select(y.bureau, y.cycle)
        .where(y.status.in_(OPEN_CYCLES), or_(ruled, ordered, counted), ~done)
        .order_by(y.bureau, y.cycle)
    )
    return [(row.bureau, row.cycle) for row in session.execute(statement)]


def claim_day(session: Session, bureau: str, cycle: str, on: date) -> bool:
    """Claim the day's notices of a cycle; False where somebody else has."""
    claim = insert(reminded).values(bureau=bureau, cycle=cycle, on=on).on_conflict_do_nothing().returning(r.on)
    return session.execute(claim).first() is not None


def declared_in(session: Session, bureau: str, cycle: str, period: str) -> dict[str, int]:
    """Return subject -> how many items of the period are declared"""
    statement = (
        select(d.subject, func.count().label("number"))
        .where(d.bureau == bureau, d.cycle == cycle, d.period == period, d.status.not_in(PENDING_STATES))
        .group_by(d.subject)
    )
    return {row.subject: row.number for row in session.execute(statement)}


def begun_in(session: Session, bureau: str, cycle: str, period: str, indicators: Iterable[str]) -> set[tuple[str, str]]:
    """Return (subject, indicator) of what somebody, or the machine, has begun of these indicators in the period."""
    here = (d.bureau == bureau, d.cycle == cycle, d.period == period)
    statement = select(d.subject, d.indicator).where(*here, d.indicator.in_(codes(indicators)))
    return {(row.subject, row.indicator) for row in session.execute(statement)}


def noted_by_itself(session: Session, bureau: str, cycle: str) -> list[Declaration]:
    """Return, locked, what was noted as having nothing to measure and is counted otherwise by now."""
    statement = (
        select(tables.declaration)
        .where(d.bureau == bureau, d.cycle == cycle, d.machine_now.is_not(None))
        .where(d.status == "recorded", d.not_applicable.is_(True), d.declared_by == SYSTEM)
        .order_by(d.declaration)
        .with_for_update()
    )
    return as_states(Declaration, session.execute(statement))


def counted_lying(session: Session, bureau: str, cycle: str, heads: Sequence[str]) -> Sequence[Any]:
    """Return how many declarations wait until which day, by what tells whose duty they are."""
    is_head = case((d.subject.in_(heads), True), else_=False) if heads else literal(value=False)
    columns = (d.period, d.status, d.verifier, d.layer, d.unit, d.assessor, d.due_on, d.escalates_on)
    keys = (*columns, is_head.label("is_head"))
    statement = (
        select(*keys, func.count().label("number"))
        .where(d.bureau == bureau, d.cycle == cycle, d.status.in_(list(WAITS_FOR)), d.due_on.is_not(None))
        .group_by(*keys)
    )
    return session.execute(statement).all()


def counted_orders(session: Session, bureau: str, cycle: str, until: date) -> Sequence[Any]:
    """Return how many open orders of whom are due on which day, up to ``until``."""
    keys = (o.subject, o.layer, o.deadline)
    here = (o.bureau == bureau, o.cycle == cycle, o.status.in_(OPEN), o.deadline <= until)
    statement = select(*keys, func.count().label("number")).where(*here).group_by(*keys)
    return session.execute(statement.order_by(o.deadline, o.subject)).all()
