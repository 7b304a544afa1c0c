"""What stands on the forms of one subject and period."""

from collections.abc import Mapping

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.declarations.storage.order_tables import temporary_work
from services.declarations.storage.tables import contribution, declaration, evaluation, task_order
from shared.database import Row


def orders_of(session: Session, bureau: str, cycle: str, subject: str, period: str) -> list[Row]:
    return _rows(session, task_order, "order", bureau, cycle, subject, period)


def works_of(session: Session, bureau: str, cycle: str, subject: str, period: str) -> list[Row]:
    return _rows(session, temporary_work, "work", bureau, cycle, subject, period)


def contributions_of(session: Session, bureau: str, cycle: str, subject: str, period: str) -> list[Row]:
    return _rows(session, contribution, "contribution", bureau, cycle, subject, period)


def declarations_of(session: Session, bureau: str, cycle: str, subject: str, period: str) -> dict[str, Row]:
    """Return indicator -> its declaration"""
    return {row["indicator"]: row for row in _rows(session, declaration, "declaration", bureau, cycle, subject, period)}


def evaluations_of(session: Session, bureau: str, cycle: str, subject: str, period: str) -> Mapping[str, Row]:
    """Return indicator -> its evaluation; what was taken back is none."""
    rows = _rows(session, evaluation, "campaign", bureau, cycle, subject, period)
    return {row["indicator"]: row for row in rows if row["status"] != "withdrawn"}


def _rows(session: Session, table: Table, key: str, bureau: str, cycle: str, subject: str, period: str) -> list[Row]:
    c = table.c
    statement = select(table).where(c.bureau == bureau, c.cycle == cycle, c.subject == subject, c.period == period)
    return [dict(row) for row in session.execute(statement.order_by(c[key])).mappings()]
