"""What declarations has told of a cycle, counted: whoever scores the cycle can prove that it has heard all of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Session

from services.declarations.storage.library import need_cycle
from services.declarations.storage.tables import Table, contribution, declaration, evaluation, task_order, veto
from shared.actor import Actor
from shared.tallies import Tally, tally

# Every aggregate that has an event, and what names it there (shared/events/declarations.py).
_KINDS: dict[str, tuple[Table, Sequence[Column[Any]]]] = {
    "declaration": (declaration, [declaration.c.declaration]),
    "task_order": (task_order, [task_order.c.order]),
    "contribution": (contribution, [contribution.c.contribution]),
    "evaluation": (evaluation, [evaluation.c.campaign, evaluation.c.subject]),
    "veto": (veto, [veto.c.veto]),
}


def tally_states(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Tally]:
    """``query``: {"cycle"}. One tally for each kind of fact; of figures only, so any account may ask."""
    cycle = need_cycle(session, actor.bureau, query["cycle"]).cycle
    return {
        kind: tally(session, key, table.c.revision, table.c.bureau == actor.bureau, table.c.cycle == cycle)
        for kind, (table, key) in _KINDS.items()
    }
