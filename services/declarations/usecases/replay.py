"""Send every current state again, page by page: for a taker that lost its copy (DESIGN §4.5)."""

import json
from typing import Any

from sqlalchemy import Table, select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.campaigns import Evaluation
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.permissions import check_replays
from services.declarations.domain.vetoes import Veto
from services.declarations.storage import tables
from services.declarations.storage.bulk import as_states
from services.declarations.usecases.events import event_of
from shared.actor import Actor
from shared.errors import Invalid
from shared.recording import republish

# In this order, each by its key. All bureaus: a lost copy is lost for all of them.
_KINDS: dict[str, tuple[type, Table, tuple[str, ...]]] = {
    "declaration": (Declaration, tables.declaration, ("cycle", "declaration")),
    "task_order": (TaskOrder, tables.task_order, ("cycle", "order")),
    "contribution": (Contribution, tables.contribution, ("contribution",)),
    "evaluation": (Evaluation, tables.evaluation, ("campaign", "subject")),
    "veto": (Veto, tables.veto, ("veto",)),
}


def replay_state(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """``command``: {"after": cursor or None, "limit"}. Answers {"next": cursor or None, "sent": states in this page}."""
    check_replays(actor)
    kind, last = _decoded(command.get("after"))
    cls, table, key = _KINDS[kind]
    columns = [table.c[name] for name in key]
    statement = select(table).order_by(*columns).limit(command["limit"])
    if last:
        statement = statement.where(tuple_(*columns) > tuple_(*last))
    states: list[Any] = as_states(cls, session.execute(statement))
    republish(session, (event_of(state, "replay") for state in states))
    if len(states) == command["limit"]:
        return {"next": json.dumps([kind, *(getattr(states[-1], name) for name in key)]), "sent": len(states)}
    return {"next": _first_of_next(kind), "sent": len(states)}


def _first_of_next(kind: str) -> str | None:
    kinds = list(_KINDS)
    following = kinds[kinds.index(kind) + 1 :]
    return json.dumps([following[0]]) if following else None


def _decoded(cursor: str | None) -> tuple[str, list[str]]:
    if cursor is None:
        return next(iter(_KINDS)), []
    try:
        kind, *last = json.loads(cursor)
        width = len(_KINDS[kind][2])
        if last and (len(last) != width or not all(isinstance(part, str) for part in last)):
            raise ValueError(cursor)
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid("page.cursor", zh="翻页标记无效", en="the cursor is not one that was given out here") from error
    return kind, last
