"""What may refer to files, and whether the actor sees it. The rules are those of the lists."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, or_, select
from sqlalchemy.orm import Session

from services.declarations.storage.check_tables import appeal, inspection
from services.declarations.storage.order_tables import inquiry, temporary_work
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution, declaration, task_order, veto

# What may refer to files: its table (with ``subject`` and ``unit``) and its key. A new aggregate is one line here.
REFERRING: dict[str, tuple[Table, str]] = {
    "declaration": (declaration, "declaration"),
    "task_order": (task_order, "order"),
    "contribution": (contribution, "contribution"),
    "temporary_work": (temporary_work, "work"),
    "inquiry": (inquiry, "inquiry"),
    "veto": (veto, "veto"),
    "inspection": (inspection, "inspection"),
    "appeal": (appeal, "appeal"),
}


def seen(session: Session, scope: Scope, cycle: str, kind: str, aggregate: str) -> RowMapping | None:
    """Return the row of what refers to a file, where ``scope`` may read it."""
    table, key = REFERRING[kind]
    c = table.c
    statement = select(table).where(c.bureau == scope.actor.bureau, c.cycle == cycle, c[key] == aggregate)
    return session.execute(statement.where(scope.sees(table), _shown(table, scope))).mappings().first()


def _shown(table: Table, scope: Scope) -> ColumnElement[bool] | Any:
    """A draft is nobody's but the declarer's."""
    return or_(table.c.status != "draft", table.c.subject.in_(scope.own))
