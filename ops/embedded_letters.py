"""Dead letters of the embedded system: rows of the journal in which its broker keeps messages.

The rows are the truth. A running system holds copies of them in memory and hears of a change by NOTIFY.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from ops.database import database
from ops.letters import Choose, Letter
from shared.database import engine_for
from shared.jsontext import dumps, loads
from shared.messaging.topology import DEAD
from shared.messaging.wire import ATTEMPT

CHANNEL = "broker_letters"
_SPENT = ("kaohe_queue", "kaohe_reason", "kaohe_trace", ATTEMPT)


class EmbeddedLetters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Letter]:
        return [letter for _, _, letter in self._rows()]

    def replay(self, choose: Choose) -> int:
        """Each chosen letter moves to the queue it failed in, with all its attempts again."""
        chosen = [row for row in self._rows() if choose(row[2])]
        for number, raw, letter in chosen:
            raw["headers"] = {name: value for name, value in raw["headers"].items() if name not in _SPENT}
            raw["properties"]["delivery_info"] = {"exchange": "", "routing_key": letter.queue}
            self._connection.execute(
                text("UPDATE broker.message SET queue = :queue, raw = :raw WHERE id = :id"),
                {"queue": letter.queue, "raw": dumps(raw), "id": number},
            )
        return self._told(len(chosen))

    def drop(self, choose: Choose) -> int:
        chosen = [{"id": number} for number, _, letter in self._rows() if choose(letter)]
        if chosen:
            self._connection.execute(text("DELETE FROM broker.message WHERE id = :id"), chosen)
        return self._told(len(chosen))

    def _told(self, changed: int) -> int:
        self._connection.execute(text(f"NOTIFY {CHANNEL}"))
        self._connection.commit()
        return changed

    def _rows(self) -> list[tuple[int, dict[str, Any], Letter]]:
        statement = text("SELECT id, raw FROM broker.message WHERE queue = :queue ORDER BY id FOR UPDATE")
        rows = [(row.id, loads(row.raw)) for row in self._connection.execute(statement, {"queue": DEAD})]
        return [(number, raw, _letter(raw)) for number, raw in rows]


@contextmanager
def embedded_letters() -> Iterator[EmbeddedLetters]:
    with database() as url:
        engine = engine_for(url, pool_size=1)
        try:
            with engine.connect() as connection:
                yield EmbeddedLetters(connection)
        finally:
            engine.dispose()


def _letter(raw: dict[str, Any]) -> Letter:
    headers = raw.get("headers") or {}
    queue = str(headers.get("kaohe_queue", ""))
    reason = str(headers.get("kaohe_reason", ""))
    return Letter(queue, reason, str(headers.get("kaohe_trace", "")), str(raw["body"]).encode())
