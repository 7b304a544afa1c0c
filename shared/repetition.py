"""A command that is sent again because its answer was lost is not carried out again (law 1).

The gateway passes the client's Idempotency-Key on. The first transaction of the command that changes anything claims it, so the
claim and the change stand or fall together. Whoever sends it again is told that it is done; the gateway itself gives the kept
answer in every case but one: it died between the service's commit and keeping the answer.
"""

from contextvars import ContextVar
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from shared.clock import now
from shared.errors import Conflict
from shared.tables import carried_out

KEPT = timedelta(days=2)  # the gateway keeps its answers for one

_key: ContextVar[str | None] = ContextVar("idempotency_key", default=None)


def remember_key(key: str | None) -> None:
    """Remember the key of the command that this worker carries out; None where the client sent none."""
    _key.set(key)


def claim_key(session: Session) -> None:
    """Claim the worker's key in this transaction; raises ``Conflict`` where the command was carried out before."""
    key = _key.get()
    if key is None:
        return
    _key.set(None)  # the further transactions of the same command belong to it
    request = f"{session.info['actor'].account}:{key}"
    claim = _claim(session.info["schema"])
    if session.execute(claim, {"request": request, "at": now()}).first() is None:
        raise _carried_out()


def check_not_carried_out(connection: Connection, schema: str, account: str) -> None:
    """Raise ``Conflict`` where the worker's command was carried out before; asked where a command is refused, since what it did
    the first time is often the very reason. A command that has claimed its key itself is not meant."""
    key = _key.get()
    if key is None:
        return
    table = carried_out(schema)
    if connection.execute(select(table.c.at).where(table.c.request == f"{account}:{key}")).first() is not None:
        raise _carried_out()


def _carried_out() -> Conflict:
    return Conflict(
        "request.carried_out",
        zh="该请求此前已执行，请刷新查看结果",
        en="this request was carried out before; look at the result",
    )


@cache
def _claim(schema: str) -> ReturningInsert[Any]:
    table = carried_out(schema)
    return insert(table).on_conflict_do_nothing().returning(table.c.request)


def forget_old_keys(connection: Connection, schema: str) -> None:
    table = carried_out(schema)
    connection.execute(delete(table).where(table.c.at < now() - KEPT))
    connection.commit()
