"""The memory of the in-process broker: persistent messages in durable queues, in PostgreSQL, until they are acknowledged.

Without it a kill -9 of the one process would lose what was confirmed to an outbox but not yet handled (law 1).
"""

from collections.abc import Callable, Iterator, Sequence
from select import select as select_system
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from shared.database import engine_for, single_statements
from shared.jsontext import dumps, loads
from shared.logs import log

_metadata = MetaData(schema="broker")
_message = Table(
    "message",
    _metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("queue", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("message_of_queue", "queue", "id"),
)

# Each is a statement and a transaction of its own: every message passes through both.
_APPEND = text("""
    INSERT INTO broker.message (queue, raw)
    SELECT queue, :raw FROM unnest(CAST(:queues AS text[])) WITH ORDINALITY AS one (queue, place) ORDER BY place
    RETURNING id""")
_FORGET = text(
    "SET LOCAL synchronous_commit = off; DELETE FROM broker.message WHERE id = ANY (CAST(:messages AS bigint[]))"
)


class Journal:
    def __init__(self, url: str) -> None:
        self._engine = engine_for(url, pool_size=4)
        self._left: list[int] = []  # acknowledged while the database was away
        with self._engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS broker"))
            _metadata.create_all(connection)

    def append(self, queues: Sequence[str], raw: dict[str, Any]) -> list[int]:
        """Keep one copy of ``raw`` for each of ``queues``; committed on return.
        The ids stand in the order of the queues."""
        with single_statements(self._engine) as connection:
            return list(connection.execute(_APPEND, {"queues": list(queues), "raw": dumps(raw)}).scalars())

    def forget(self, message: int) -> None:
        """Drop an acknowledged message. Losing this commit only repeats a message, so it need not wait for the disk; where the
        database is away the message is dropped with the next one, or repeated by the next start."""
        messages, self._left = [*self._left, message], []
        try:
            with single_statements(self._engine) as connection:
                connection.execute(_FORGET, {"messages": messages})
        except DBAPIError as error:
            self._left += messages
            log.warning("an acknowledged message is still in the journal", reason=f"{type(error).__name__}: {error}")

    def waiting(self, queue: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the messages of ``queue``, oldest first."""
        statement = select(_message.c.id, _message.c.raw).where(_message.c.queue == queue).order_by(_message.c.id)
        with self._engine.begin() as connection:
            return [(row.id, loads(row.raw)) for row in connection.execute(statement)]

    def depths(self) -> dict[str, int]:
        """Tell how many messages wait in each queue that holds any."""
        statement = select(_message.c.queue, func.count()).group_by(_message.c.queue)
        with self._engine.begin() as connection:
            return {str(queue): int(count) for queue, count in connection.execute(statement)}

    def move(self, message: int, queue: str, raw: dict[str, Any]) -> None:
        """Hand a message to another queue, from outside too: the process that
        runs the broker is told and takes it up."""
        statement = update(_message).where(_message.c.id == message).values(queue=queue, raw=dumps(raw))
        with self._engine.begin() as connection:
            connection.execute(statement)
            connection.execute(text("SELECT pg_notify('broker', :queue)"), {"queue": queue})

    def moved_queues(self, stopping: Callable[[], bool]) -> Iterator[str]:
        """Yield the queues into which other processes move messages, as it happens, until ``stopping()``."""
        with self._engine.connect() as connection:
            connection.execute(text("LISTEN broker"))
            connection.commit()
            listening: Any = connection.connection.driver_connection
            while not stopping():
                if not listening.notifies:
                    select_system([listening], [], [], 1.0)
                    listening.poll()
                yield from {notice.payload for notice in listening.notifies}
                listening.notifies.clear()

    def close(self) -> None:
        self._engine.dispose()
