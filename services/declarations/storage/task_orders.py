"""Task orders in pages: what is overdue, and what is at risk of becoming so."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, Integer, and_, cast, func, literal, or_, select, true
from sqlalchemy.orm import Session

from services.declarations.domain.orders import DONE, OPEN
from services.declarations.storage.library import need_cycle
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope
from services.declarations.storage.tables import task_order
from shared.contracts.declarations.commands.task_orders import OrderQuery
from shared.database import Row
from shared.vocabulary.refusals import conflict
from shared.working_days import UnknownYear, WorkingDays

c = task_order.c
FILTERS = ("period", "unit", "status", "assessor", "subject", "indicator", "issued_by", "origin", "order")
SORTS = ("deadline", "issued_on", "subject", "indicator", "status", "percent")


def page_of_orders(session: Session, scope: Scope, query: OrderQuery, on: date, waiting: Condition) -> Row:
    """Return a page of those that the actor may see."""
    statement = select(task_order).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(scope.sees(task_order))
    statement = statement.where(_risk(session, scope.actor.bureau, query, on))
    return page_of(session, statement.where(waiting), query, key=c.order, sorts=SORTS, filters=FILTERS, due=c.deadline)


def revisions_of(session: Session, bureau: str, cycle: str, orders: Sequence[str]) -> dict[str, int]:
    """Return order -> its revision."""
    statement = select(c.order, c.revision).where(c.bureau == bureau, c.cycle == cycle, c.order.in_(orders))
    return {row.order: row.revision for row in session.execute(statement)} if orders else {}


def horizon(calendar: WorkingDays, on: date, within: int, silent: int) -> tuple[date, date]:
    """Return the last day that is within ``within`` working days, and the day since
    which ``silent`` working days have passed."""
    try:
        last = calendar.add(on, within)
        before = calendar.between(on - timedelta(days=3 * silent + 30), on)
    except UnknownYear as unknown:
        raise conflict(
            "calendar.unknown",
            f"{unknown.year} 年的工作日历尚未录入，无法推算工作日",
            f"the working days of {unknown.year} are not known yet",
        ) from unknown
    return last, before[-silent] - timedelta(days=1) if silent else on


def overdue_condition(on: date) -> ColumnElement[bool]:
    """Return the condition of ``TaskOrder.overdue``, for work that is still to be done."""
    return and_(c.status.in_(OPEN), c.deadline < on)


def at_risk_condition(on: date, last: date, silent_since: date) -> ColumnElement[bool]:
    """Return the condition that is the same as ``TaskOrder.at_risk``."""
    passed = cast(literal(on, Date) - c.issued_on, Integer) + 1
    whole = cast(c.deadline - c.issued_on, Integer) + 1
    behind = c.percent * whole < DONE * passed
    silent = func.coalesce(c.reported_on, c.issued_on) <= silent_since
    return and_(c.status.in_(OPEN), c.deadline.between(on, last), or_(behind, silent))


def _risk(session: Session, bureau: str, query: OrderQuery, on: date) -> ColumnElement[bool]:
    if query.get("risk") == "overdue":
        return overdue_condition(on)
    if query.get("risk") == "at_risk":
        calendar = WorkingDays(need_cycle(session, bureau, query["cycle"]).calendar)
        return at_risk_condition(on, *horizon(calendar, on, query["within"], query["silent"]))
    return true()
