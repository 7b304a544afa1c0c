"""Task orders as they are shown."""

from typing import Any

from sqlalchemy.orm import Session

from services.declarations.domain.orders import TaskOrder
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.storage.task_orders import page_of_orders
from shared.actor import Actor
from shared.clock import today

PEOPLE = ("assessor", "issued_by", "judged_by")


def list_orders(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the orders that the actor may see; ``overdue`` is computed for today.

    ``risk``: "overdue", or "at_risk": open, due within ``within`` working days, and behind its time or without a report for
    ``silent`` working days.
    """
    on = today()
    page = page_of_orders(session, Scope.of(session, actor), query, on)
    rows = [{**row, "overdue": TaskOrder(**row).overdue(on)} for row in page["items"]]
    return {**page, "items": with_names(session, actor.bureau, rows, *PEOPLE)}
