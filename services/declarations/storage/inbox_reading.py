"""Lists of what waits for somebody: each one condition on one table, counted and shown with one query."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, and_, cast, func, null, select
from sqlalchemy.orm import Session

from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.storage.scopes import Scope
from shared.actor import Actor
from shared.database import Row

FIRST = 20  # entries shown of each list
SHOWN = ("revision", "kind", "indicator", "subject", "unit", "period", "status", "title")


@dataclass(frozen=True)
class Asking:
    """Who asks, of which cycle, on which day."""

    actor: Actor
    scope: Scope
    cycle: str
    on: date
    panel: PanelRules  # what holds for the panel on that day


@dataclass(frozen=True)
class Waiting:
    """Rows of ``table`` (with ``bureau`` and ``cycle``) that wait for the actor; ``due``: the day until which, where there is one."""

    name: str
    table: Table
    key: str
    condition: ColumnElement[bool]
    due: ColumnElement[Any] | None = None
    more: tuple[str, ...] = ()  # what is shown beside the usual


Lists = Callable[[Asking], Iterator[Waiting]]


def read_waiting(session: Session, asking: Asking, waiting: Waiting) -> Row:
    """Return {"count", "overdue", "next_due", "items"}: the first ``FIRST``, the most urgent ahead."""
    c = waiting.table.c
    due = waiting.due if waiting.due is not None else cast(null(), Date)
    mine = and_(c.bureau == asking.actor.bureau, c.cycle == asking.cycle, waiting.condition)
    shown = [c[name] for name in (waiting.key, *SHOWN, *waiting.more) if name in c]
    statement = (
        select(
            *shown,
            due.label("due_on"),
            func.count().over().label("all_"),
            func.count().filter(due < asking.on).over().label("overdue_"),
            func.min(due).filter(due >= asking.on).over().label("next_due_"),
        )
        .where(mine)
        .order_by(due.asc().nulls_last(), c[waiting.key])
        .limit(FIRST)
    )
    rows = [dict(row) for row in session.execute(statement).mappings()]
    if not rows:
        return {"count": 0, "overdue": 0, "next_due": None, "items": []}
    counts = {"count": rows[0]["all_"], "overdue": rows[0]["overdue_"], "next_due": rows[0]["next_due_"]}
    items = [{name: value for name, value in row.items() if not name.endswith("_")} for row in rows]
    return {**counts, "items": items}
