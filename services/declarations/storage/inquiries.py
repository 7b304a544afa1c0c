"""What was asked about task orders, and answered."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.order_tables import inquiry
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope
from shared.contracts.declarations.commands.inquiries import InquiryQuery
from shared.database import Row

c = inquiry.c
FILTERS = ("order", "subject", "unit", "status", "indicator", "consequence")
SORTS = ("answer_by", "asked_on", "subject", "status")


def page_of_inquiries(session: Session, scope: Scope, query: InquiryQuery, waiting: Condition) -> Row:
    """Return a page of those that the actor may see."""
    statement = select(inquiry).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(scope.sees(inquiry))
    return page_of(
        session, statement.where(waiting), query, key=c.inquiry, sorts=SORTS, filters=FILTERS, due=c.answer_by
    )


def asked_about(session: Session, bureau: str, orders: Iterable[str]) -> list[Any]:
    """Return rows of order, status, deduction, in the order in which they were asked."""
    statement = select(c.order, c.status, c.deduction).where(c.bureau == bureau, c.order.in_(sorted(orders)))
    return list(session.execute(statement.order_by(c.inquiry)))
