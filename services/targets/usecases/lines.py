"""The bureau's lines (口)."""

from services.targets.storage.lines import Lines
from shared.actor import Actor
from shared.contracts.targets.commands.shapes import Empty
from shared.database import Row, Session


def list_lines(session: Session, actor: Actor, _query: Empty) -> Row:
    """List the lines in the bureau's order; there are never so many that they would not fit on one page."""
    lines = Lines(session, actor.bureau).all()
    return {"items": [{"line": line, "name": name} for line, name in lines.items()], "next": None}
