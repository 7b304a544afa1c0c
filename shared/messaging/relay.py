"""The outbox's relay: what a transaction recorded leaves after its commit, once the broker has it safe (law 3).

One relay of a service is active, held by an advisory lock; the others wait to take over. A message is deleted from the outbox
only after the broker confirmed it, so a crash in between sends it twice and never not at all.
"""

import select
import time
from contextlib import suppress
from functools import cache
from typing import Any

from kombu import Connection, Producer
from kombu.exceptions import ChannelError
from nameko.extensions import DependencyProvider
from sqlalchemy import ARRAY, BigInteger, Delete, Select, any_, bindparam, delete, text
from sqlalchemy import select as sql_select
from sqlalchemy.engine import Connection as DatabaseConnection

from shared import metrics
from shared.database import engine_for
from shared.events import REGISTRY
from shared.logs import log
from shared.messaging import topology
from shared.messaging.consumer import broker
from shared.messaging.wire import PERSISTENT, REQUEST_ID
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
                with engine.connect() as database, broker() as connection:
                    relay_while_leading(database, connection, service, lambda: self._stopping)
            except Exception as error:
                log.warning("the outbox relay starts again", service=service, reason=f"{type(error).__name__}: {error}")
                metrics.OUTBOX_ACTIVE.labels(service).set(0)
                time.sleep(1)


def relay_while_leading(database: DatabaseConnection, connection: Connection, service: str, stopping: Any) -> None:
    """Send the outbox of ``service`` whenever something is in it, until ``stopping()``; waits for the lock first."""
    while not _lead(database, service):
        if stopping():
            return
        time.sleep(1)
    metrics.OUTBOX_ACTIVE.labels(service).set(1)
    connection.ensure_connection(max_retries=3, timeout=10)
    forget_old_keys(database, service)
    topology.declare(connection, owner=service)
    producer = Producer(connection)
    listening = database.connection.driver_connection
    database.execute(text(f"LISTEN outbox_{service}"))
    database.commit()
    while not stopping():
        if send_batch(database, producer, service) < BATCH:
            _wait_for_notice(listening, connection)


def send_batch(database: DatabaseConnection, producer: Producer, service: str) -> int:
    """Send up to ``BATCH`` messages in the order in which they were written and delete them; returns how many."""
    rows = database.execute(_oldest(service)).all()
    for row in rows:
        _send(producer, row)
    if rows:
        database.execute(_sent(service), {"sent": [row.id for row in rows]})
        metrics.RELAYED.labels(service).inc(len(rows))
    database.commit()
    return len(rows)


@cache
def _oldest(service: str) -> Select[Any]:
    table = outbox(service)
    return sql_select(table).order_by(table.c.id).limit(BATCH)


@cache
def _sent(service: str) -> Delete:
    """As one array, so that the statement is the same however many were sent."""
    table = outbox(service)
    return delete(table).where(table.c.id == any_(bindparam("sent", type_=ARRAY(BigInteger))))


def _send(producer: Producer, row: Any) -> None:
    has_consumers = bool(REGISTRY[row.event].consumers)
    try:
        producer.publish(
            row.body,  # JSON as it was written in the transaction; shared.messaging.wire reads it
            content_type="application/json",
            content_encoding="utf-8",
            exchange=topology.EVENTS,
            routing_key=row.event,
            headers={REQUEST_ID: row.request_id},
            delivery_mode=PERSISTENT,
            mandatory=has_consumers,
            timeout=30,
        )
    except ChannelError as error:
        raise RuntimeError(f"{row.event} found no queue") from error


def _lead(database: DatabaseConnection, service: str) -> bool:
    lock = text("SELECT pg_try_advisory_lock(hashtext(:name))")
    leads = bool(database.execute(lock, {"name": f"outbox {service}"}).scalar())
    database.commit()
    return leads


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
