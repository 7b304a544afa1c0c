"""The outbox's relay: what a transaction recorded leaves after its commit, once the broker has it safe (law 3).

One relay of a service is active, held by an advisory lock; the others wait to take over. A message is deleted from the outbox
only after the broker confirmed it, so a crash in between sends it twice and never not at all.
"""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

import select
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from kombu import Connection
from nameko.extensions import DependencyProvider
from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection as DatabaseConnection

from shared import metrics
from shared.database import engine_for, single_statements
from shared.events import REGISTRY
from shared.logs import log
from shared.messaging import topology
from shared.messaging.confirming import Publisher, Unconfirmed
from shared.messaging.consumer import broker
from shared.messaging.wire import PERSISTENT, REQUEST_ID, WRITTEN
from shared.repetition import forget_old_keys
from shared.settings import settings
from shared.tables import outbox

BATCH = 50
POLL_SECONDS = 2.0  # a notification wakes the relay at once; this only bounds how long a lost one costs


class OutboxRelay(DependencyProvider):
    """Runs the relay of its service for as long as the service runs."""

    def setup(self) -> None:
        self._stopping = False

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        self._stopping = True

    def _run(self) -> None:
        service = self.container.service_name
        engine = engine_for(settings.need("database_url"), pool_size=1)
        while not self._stopping:
            try:
                with single_statements(engine) as database, broker() as connection:
                    relay_while_leading(database, connection, service, lambda: self._stopping)
            except Exception as error:
                log.warning("the outbox relay starts again", service=service, reason=f"{type(error).__name__}: {error}")
                metrics.OUTBOX_ACTIVE.labels(service).set(0)
                time.sleep(1)


def relay_while_leading(
    database: DatabaseConnection, connection: Connection, service: str, stopping: Callable[[], bool]
) -> None:
    """Send the outbox of ``service`` whenever something is in it, until ``stopping()``; waits for the lock first.

    ``database``: a connection on which each statement commits by itself.
    """
    while not _lead(database, service):
        if stopping():
            return
        time.sleep(1)
    metrics.OUTBOX_ACTIVE.labels(service).set(1)
    connection.ensure_connection(max_retries=3, timeout=10)
    forget_old_keys(database, service)
    topology.declare(connection, owner=service)
    publisher = Publisher(connection)
    listening = database.connection.driver_connection
    database.execute(text(f"LISTEN outbox_{service}"))
    while not stopping():
        send_waiting(database, publisher, service, stopping)
        _wait_for_notice(listening, connection)


def send_waiting(
    database: DatabaseConnection, publisher: Publisher, service: str, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Send what is in the outbox in the order in which it was written, ``BATCH`` messages at a time; each batch is deleted once the
    broker has all of it, by the statement that reads the next. Losing that commit only repeats messages: it need not wait for the disk.
    Raises ``Unconfirmed`` where some were not taken: the others of the batch are forgotten all the same, or they would be sent each time."""
    rows = database.execute(_oldest(service)).all()
    while rows and not stopping():
        sent = []
        try:
            for row in rows:
                _send(publisher, row)
                sent.append(row)
            publisher.confirmed()
        except Unconfirmed as error:
            taken = [row.id for row in sent if error.keys is not None and row.event not in error.keys]
            database.execute(_sent(service), {"sent": taken})
            raise
        metrics.RELAYED.labels(service).inc(len(rows))
        rows = database.execute(_sent(service), {"sent": [row.id for row in rows]}).all()


@cache
def _oldest(service: str) -> TextClause:
    return text(_OLDEST.format(outbox=outbox(service).fullname))


@cache
def _sent(service: str) -> TextClause:
    """As one array, so that the statement is the same however many were sent."""
    forget = f"DELETE FROM {outbox(service).fullname} WHERE id = ANY (CAST(:sent AS bigint[]))"
    return text(f"SET LOCAL synchronous_commit = off; {forget}; {_OLDEST.format(outbox=outbox(service).fullname)}")


_OLDEST = f"SELECT id, event, body, request_id, written_at FROM {{outbox}} ORDER BY id LIMIT {BATCH}"


def _send(publisher: Publisher, row: Any) -> None:
    publisher.send(
        row.body,  # JSON as it was written in the transaction; shared.messaging.wire reads it
        routing_key=row.event,
        content_type="application/json",
        content_encoding="utf-8",
        exchange=topology.EVENTS,
        headers={REQUEST_ID: row.request_id, WRITTEN: int(row.written_at.timestamp() * 1000)},
        delivery_mode=PERSISTENT,
        mandatory=bool(REGISTRY[row.event].consumers),
    )


def _lead(database: DatabaseConnection, service: str) -> bool:
    lock = text("SELECT pg_try_advisory_lock(hashtext(:name))")
    return bool(database.execute(lock, {"name": f"outbox {service}"}).scalar())


def _wait_for_notice(listening: Any, connection: Connection) -> None:
    if not listening.notifies:  # one may have come in with the answer to our last statement
        heard, _, _ = select.select([listening], [], [], POLL_SECONDS)
        listening.poll()
        if not heard:
            _keep_alive(connection)
    listening.notifies.clear()


def _keep_alive(connection: Connection) -> None:
    """Exchange heartbeats: a broker closes a silent connection, and the next event would wait until there is another."""
    with suppress(TimeoutError):
        connection.drain_events(timeout=0.01)
    connection.heartbeat_check()
