"""One item of a list, with all that was done to it."""

from collections.abc import Callable, Mapping
from typing import Any

from services.declarations.domain.steps import step_between
from services.declarations.storage.activity import steps_of
from services.declarations.storage.naming import with_names
from shared.actor import Actor
from shared.batches import pick
from shared.database import Row, Session

Listing = Callable[[Session, Actor, Any], Row]
_ALONE: Row = {"after": None, "limit": 1, "skip": 0, "total": False, "overdue": False}


def one_with_steps(
    session: Session, actor: Actor, query: Mapping[str, Any], listing: Listing, kind: str, word: str
) -> Row:
    """Return the item that ``query`` names as its list shows it; refuse where the actor sees none. ``word``: of the refusal."""
    found = {row[kind]: row for row in listing(session, actor, {**_ALONE, **query})["items"]}
    row = pick(found, word, query[kind])
    return {**row, "steps": told_steps(session, actor.bureau, kind, row)}


def told_steps(session: Session, bureau: str, kind: str, row: Row) -> list[Row]:
    """Return who did what to an item, for whom, when and why, with the names of its period; the first first."""
    steps = [
        {
            "step": one["step"] or step_between(kind, one["before"], one["after"]),
            "cycle": row["cycle"],
            "period": row.get("period"),
            **{name: one[name] for name in ("by", "for", "at", "reason")},
        }
        for one in steps_of(session, bureau, row["cycle"], kind, row[kind])
    ]
    named = with_names(session, bureau, steps, "by", "for")
    return [{name: value for name, value in one.items() if name not in ("cycle", "period")} for one in named]
