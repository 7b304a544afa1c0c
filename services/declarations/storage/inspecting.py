"""What somebody inspects just now: it widens what they may read (storage/scopes.py)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.organisation import who
from services.declarations.storage.check_tables import inspection
from shared.actor import Actor


def items_in_hand(session: Session, actor: Actor) -> dict[str, list[str]]:
    """Return kind -> ids of the items whose finding is still to come from the actor."""
    c = inspection.c
    statement = select(c.kind, c.item).where(
        c.bureau == actor.bureau, c.inspector == who(actor), c.status == "assigned"
    )
    found: dict[str, list[str]] = {}
    for row in session.execute(statement.order_by(c.kind, c.item)):
        found.setdefault(row.kind, []).append(row.item)
    return found
