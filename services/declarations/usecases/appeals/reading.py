"""Appeals as they are shown: one's own, those one decides on, all of them for whoever reads everything."""

from typing import Any

from sqlalchemy.orm import Session

from services.declarations.storage.appeal_lists import page_of_appeals
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from shared.actor import Actor
from shared.clock import today

PEOPLE = ("filed_by", "decided_by")


def list_appeals(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Return a page; ``overdue`` restricts it to those that should have been decided."""
    on = today()
    page = page_of_appeals(session, Scope.of(session, actor), query, on)
    rows = [{**one, "overdue": one["status"] == "filed" and one["due_on"] < on} for one in page["items"]]
    return {**page, "items": with_names(session, actor.bureau, rows, *PEOPLE)}
