"""A command that is sent again because its answer was lost is not carried out again (law 1).

The gateway passes the client's Idempotency-Key on. The first transaction of the command that changes anything claims it, so the
claim and the change stand or fall together. Whoever sends it again is told that it is done; the gateway itself gives the kept
answer in every case but one: it died between the service's commit and keeping the answer.
"""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from contextvars import ContextVar
from datetime import timedelta
from functools import cache

from sqlalchemy import delete, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from shared.clock import now
from shared.errors import Conflict
from shared.tables import carried_out

KEPT = timedelta(days=2)  # the gateway keeps its answers for one

_key: ContextVar[str | None] = ContextVar("idempotency_key", default=None)


def remember_key(key: str | None) -> None:
    """Remember the key of the command that this worker carries out; None where the client sent none."""
    _key.set(key)


def holds_key() -> bool:
    """Tell whether this worker's command came with a key that it has not claimed yet."""
    return _key.get() is not None


def take_key(session: Session) -> str | None:
    """Return what this worker's command is to claim, once: the further transactions of the command belong to the first."""
    key = _key.get()
    if key is None:
        return None
    _key.set(None)
    return f"{session.info['actor'].account}:{key}"


def claim_key(session: Session) -> None:
    """Claim the worker's key in this transaction; raises ``Conflict`` where the command was carried out before."""
    request = take_key(session)
    if request is None:
        return
    claim = text(claiming(session.info["schema"]))
    if session.execute(claim, {"request": request, "at": now()}).first() is None:
        raise carried_out_before()


def check_not_carried_out(connection: Connection, schema: str, account: str) -> None:
    """Raise ``Conflict`` where the worker's command was carried out before; asked where a command is refused, since what it did
    the first time is often the very reason. A command that has claimed its key itself is not meant."""
    key = _key.get()
    if key is None:
        return
    table = carried_out(schema)
    if connection.execute(select(table.c.at).where(table.c.request == f"{account}:{key}")).first() is not None:
        raise carried_out_before()


@cache
def claiming(schema: str) -> str:
    """Return the statement that claims ``:request`` and gives it back, unless it was claimed before."""
    table = carried_out(schema).fullname
    return f"INSERT INTO {table} (request, at) VALUES (:request, :at) ON CONFLICT DO NOTHING RETURNING request"


def carried_out_before() -> Conflict:
    """Return what whoever repeats a command is told."""
    zh, en = "该请求此前已执行，请刷新查看结果", "this request was carried out before; look at the result"
    return Conflict("request.carried_out", zh=zh, en=en)


def forget_old_keys(connection: Connection, schema: str) -> None:
    table = carried_out(schema)
    connection.execute(delete(table).where(table.c.at < now() - KEPT))
    connection.commit()
