"""Temporary work: reported without an order, and all of a subject's, ordered or not."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.declarations.domain.temporary import CATEGORY, TOOL
from services.declarations.storage.order_tables import temporary_work
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope
from services.declarations.storage.tables import indicator, task_order
from shared.contracts.declarations.commands.temporary_work import SubjectQuery, WorkQuery
from shared.database import Row

w, o = temporary_work.c, task_order.c
FILTERS = ("subject", "period", "unit", "status", "indicator", "assessor", "work")
SORTS = ("done_on", "subject", "indicator", "status")
OF_SUBJECT = ("subject", "period")


def page_of_works(session: Session, scope: Scope, query: WorkQuery, waiting: Condition) -> Row:
    """Return a page of what was reported without an order, as far as the actor may see it."""
    statement = select(temporary_work).where(w.bureau == scope.actor.bureau, w.cycle == query["cycle"])
    statement = statement.where(scope.sees(temporary_work))
    return page_of(session, statement.where(waiting), query, key=w.work, sorts=SORTS, filters=FILTERS)


def ordered_of(session: Session, scope: Scope, query: SubjectQuery) -> list[Row]:
    """Return the orders for temporary work of a subject; neither withdrawn ones nor
    those entered for what nobody had ordered."""
    bureau, i = scope.actor.bureau, indicator.c
    temporary = select(i.indicator).where(
        i.bureau == bureau, i.cycle == query["cycle"], i.category == CATEGORY, i.tool == TOOL
    )
    statement = (
        select(task_order)
        .where(o.bureau == bureau, o.cycle == query["cycle"], o.indicator.in_(temporary), scope.sees(task_order))
        .where(o.origin == "ordered", o.status != "withdrawn")
        .where(*_of_subject(o, query))
    )
    return [dict(row) for row in session.execute(statement.order_by(o.period, o.deadline, o.order)).mappings()]


def volunteered_of(session: Session, scope: Scope, query: SubjectQuery) -> list[Row]:
    """Return what a subject reported without an order."""
    statement = (
        select(temporary_work)
        .where(w.bureau == scope.actor.bureau, w.cycle == query["cycle"], scope.sees(temporary_work))
        .where(*_of_subject(w, query))
    )
    return [dict(row) for row in session.execute(statement.order_by(w.period, w.done_on, w.work)).mappings()]


def _of_subject(columns: Any, query: SubjectQuery) -> list[ColumnElement[bool]]:
    narrowing: Mapping[str, Any] = query
    return [columns[name] == narrowing[name] for name in OF_SUBJECT if name in narrowing]
