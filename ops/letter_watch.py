"""Keeps the broker in this process in step with its journal when `kaohe dead-letters` changes that from outside."""

import select
import time
from collections import deque
from typing import Any

from sqlalchemy import text

from ops.embedded_letters import CHANNEL
from shared.database import engine_for
from shared.embedded.transport import BROKER
from shared.jsontext import loads
from shared.logs import log
from shared.messaging.topology import DEAD


def watch_letters(url: str) -> None:
    """Runs until it is killed."""
    engine = engine_for(url, pool_size=1)
    while True:
        try:
            with engine.connect() as connection:
                _listen(connection)
        except Exception as error:  # the database comes back, or the system is stopping
            log.warning("the watch on dead letters starts again", reason=str(error))
            time.sleep(1)


def _listen(connection: Any) -> None:
    connection.execute(text(f"LISTEN {CHANNEL}"))
    connection.commit()
    raw = connection.connection.driver_connection
    while True:
        select.select([raw], [], [], 60)
        raw.poll()
        if raw.notifies:
            raw.notifies.clear()
            follow(connection)


def follow(connection: Any) -> None:
    """Letters whose rows are gone are forgotten, those whose rows moved are put into their queue."""
    dead = BROKER.queues.get(DEAD, deque())
    held = {_number(raw): raw for raw in dead}
    statement = text("SELECT id, queue, raw FROM broker.message WHERE id = ANY(:ids)")
    rows = {row.id: row for row in connection.execute(statement, {"ids": list(held)})}
    connection.commit()
    for number, raw in held.items():
        row = rows.get(number)
        if row is None or row.queue != DEAD:
            dead.remove(raw)
        if row is not None and row.queue != DEAD and row.queue in BROKER.queues:
            BROKER.put(row.queue, loads(row.raw), number)


def _number(raw: dict[str, Any]) -> Any:
    return raw["properties"]["delivery_info"].get("journal")
