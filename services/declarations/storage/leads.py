"""Leads that complaints told of, each as it was told last."""

from collections.abc import Sequence

from sqlalchemy import Column, Date, and_, select
from sqlalchemy.orm import Session

from services.declarations.storage.columns import code, long_text, revision, table
from services.declarations.storage.tables import task_order
from shared.contracts.declarations.commands.order_leads import LeadsToOrder
from shared.database import Row, upsert_newer
from shared.events import LeadRaised
from shared.pages import keyset

case_lead = table(
    "case_lead",
    code("bureau", primary_key=True),
    code("lead", primary_key=True),
    revision(),
    code("cycle"),
    code("source"),
    long_text("about"),
    long_text("title"),
    long_text("text"),
    code("line"),
    code("unit"),
    Column("deadline", Date, nullable=False),
    code("status"),  # raised, withdrawn
    code("by"),
)
_KEPT = tuple(column.name for column in case_lead.c)
_TOLD = tuple(name for name in _KEPT if name not in ("bureau", "cycle", "status"))


def keep_leads(session: Session, states: Sequence[LeadRaised]) -> None:
    rows = [{name: getattr(one, name) for name in _KEPT} for one in states]
    upsert_newer(session, case_lead, rows, key=("bureau", "lead"))


def lead_to_order(session: Session, bureau: str, cycle: str, lead: str) -> Row | None:
    """Return a lead that was raised, whether an order was made of it or not; held until the transaction ends."""
    c = case_lead.c
    own = c.bureau == bureau, c.cycle == cycle, c.lead == lead, c.status == "raised"
    row = session.execute(select(case_lead).where(*own).with_for_update()).mappings().first()
    return dict(row) if row else None


def page_of_leads(session: Session, bureau: str, query: LeadsToOrder) -> Row:
    """Return one page of those of which no order was made."""
    c, order = case_lead.c, task_order.c
    on = and_(order.bureau == c.bureau, order.cycle == c.cycle, order.order == c.lead)
    told = select(*(c[name] for name in _TOLD)).select_from(case_lead.outerjoin(task_order, on))
    chosen = told.where(c.bureau == bureau, c.cycle == query["cycle"], c.status == "raised", order.order.is_(None))
    chosen = chosen.where(c.line == query["line"]) if query["line"] else chosen
    return keyset(session, chosen, order=[c.lead], after=query["after"], limit=query["limit"])
