"""How a service is doing, as who runs it is told: what waits in its outbox and since when, and which process answers."""

from collections.abc import Callable
from importlib.metadata import version
from os import getpid
from socket import gethostname
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.actor import Actor
from shared.clock import now
from shared.contracts.shapes import Empty
from shared.tables import outbox

STARTED = now()


def telling_operation(schema: str) -> Callable[[Session, Actor, Empty], dict[str, Any]]:
    """Return the use case that tells how the service of ``schema`` is doing."""

    def tell_operation(session: Session, _actor: Actor, _query: Empty) -> dict[str, Any]:
        return operation_of(session, schema)

    return tell_operation


def operation_of(session: Session, schema: str) -> dict[str, Any]:
    """Tell which process this is, and what it has not yet sent of ``schema``."""
    waiting = outbox(schema).c
    count, since = session.execute(select(func.count(waiting.id), func.min(waiting.written_at))).one()
    return {
        "process": f"{gethostname()}/{getpid()}",
        "version": version("kaohe"),
        "started_at": STARTED,
        "outbox": count,
        "outbox_since": since,
    }
