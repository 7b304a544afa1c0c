"""Leads that the centre sent to a line, and what became of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.knowledge_tables import leads
from shared.contracts.complaints.commands.leads import LeadQuery
from shared.database import Row
from shared.events import LeadRaised, TaskOrderChanged
from shared.pages import keyset


class Leads:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def get(self, lead: str, *, lock: bool = False) -> Row | None:
        own = self._own().where(leads.c.lead == lead)
        row = self._session.execute(own.with_for_update() if lock else own).mappings().first()
        return dict(row) if row else None

    def page(self, query: LeadQuery) -> Row:
        """Return one page, the latest first: a lead's id grows with time."""
        own = self._own()
        own = own.where(leads.c.status == query["status"]) if query["status"] else own
        key = [leads.c.lead]
        return keyset(self._session, own, order=key, after=query["after"], limit=query["limit"], descending=True)

    def save(self, row: Row) -> None:
        told = {**row, "bureau": self._bureau}
        changed = {name: told[name] for name in told if name not in ("bureau", "lead")}
        statement = insert(leads).values(told)
        self._session.execute(statement.on_conflict_do_update(index_elements=["bureau", "lead"], set_=changed))

    def states(self) -> list[LeadRaised]:
        """Return all of them as they are told to others."""
        return [event_of(row) for row in self._session.execute(self._own().order_by(leads.c.lead)).mappings()]

    def _own(self) -> Any:
        return select(leads).where(leads.c.bureau == self._bureau)


def note_orders(session: Session, states: Sequence[TaskOrderChanged]) -> None:
    """Note what became of the leads of which orders were made: an order bears its lead's id. Older news changes nothing."""
    c = leads.c
    for one in sorted(states, key=lambda state: (state.bureau, state.order, state.revision)):
        newer = c.bureau == one.bureau, c.lead == one.order, c.order_revision < one.revision
        told = {
            "status": "ordered",
            "task_order": one.order,
            "order_revision": one.revision,
            "order_status": one.status,
        }
        session.execute(update(leads).where(*newer).values(**told))


def bureaus_with_leads(session: Session) -> list[str]:
    return sorted(session.scalars(select(leads.c.bureau).distinct()))


def event_of(row: Any) -> LeadRaised:
    names = (
        "bureau",
        "lead",
        "revision",
        "cycle",
        "source",
        "about",
        "title",
        "text",
        "line",
        "unit",
        "deadline",
        "reason",
    )
    status = "withdrawn" if row["status"] == "withdrawn" else "raised"
    return LeadRaised(**{name: row[name] for name in names}, status=status, by=row["kept_by"])
