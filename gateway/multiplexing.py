"""One rpc client for a whole process, speaking nameko's wire protocol (nameko 2.14, rpc.py).

One thread reads the replies of every call from one queue and hands each to its caller by correlation id; requests leave
through a small pool of connections. Works with threads on RabbitMQ and with green threads on the embedded broker.

What a broken connection means: a request not yet sent waits for the broker until its deadline; a read under way is sent
once more; a write under way keeps waiting for its reply, which a service may still send after the reconnection.
"""

import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic
from types import MappingProxyType
from typing import Any

from kombu import Connection, Exchange, Queue
from kombu.exceptions import ChannelError

from gateway.producers import Producers
from shared.jsontext import loads
from shared.logs import log
from shared.messaging.signing import signed
from shared.messaging.topology import may_declare

EXCHANGE = "nameko-rpc"
REPLY_QUEUE_LASTS = 300_000  # ms without a reader, as nameko's own reply queues
BRIEFLY = 3.0  # seconds that every request may wait for a connection
WAITERS = 12  # requests that may wait longer for a broker that is away; the other threads stay free for health checks
TRANSIENT = 1
ORPHANS_LAST = 10.0  # seconds after a reconnection in which writes sent before may still be answered
_LOST = object()

Entry = tuple[Future[Any], bool]  # of the reply; whether the call is a read


class Unreachable(Exception):
    """No connection to the broker before the deadline; nothing was sent."""


class Unroutable(Exception):
    """No such service has ever started: no queue takes the request."""


class InDoubt(Exception):
    """The connection broke while a write was being sent."""


class NoReply(Exception):
    """Sent, and not answered before the deadline."""


class RpcClient:
    def __init__(
        self, url: str, options: dict[str, Any], *, timeout: float, keys: Mapping[int, bytes] = MappingProxyType({})
    ) -> None:
        """``keys``: by which requests are signed; the broker in process needs none."""
        self._url = url
        self._options = options
        self._timeout = timeout
        self._keys = keys
        self._reply_to = str(uuid.uuid4())
        self._pending: dict[str, Entry] = {}  # by correlation id
        self._connected = Event()
        self._closing = Event()
        self._generation = 0  # of the connection; producers of an older one are not used again
        self._reader: Thread | None = None
        self._lock = Lock()
        self._waiters = BoundedSemaphore(WAITERS)
        self._producers = Producers(lambda: self._connection(confirm_publish=True))

    @property
    def connected(self) -> bool:
        """Tell whether replies can be received; gives a client that has just started a second to connect."""
        self.start()
        return self._connected.wait(1)

    def call(
        self,
        routing_key: str,
        payload: str,
        headers: dict[str, Any],
        *,
        read: bool = False,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Return the reply ({"result", "error"}) to ``payload``; raises ``Unreachable``,
        ``Unroutable``, ``InDoubt``, ``NoReply``."""
        self.start()
        deadline = monotonic() + (self._timeout if timeout is None else timeout)
        for last in (False, True) if read else (True,):
            try:
                raw = self._ask(routing_key, payload, headers, deadline, read=read)
            except InDoubt:
                if last:
                    raise
                continue
            if raw is not _LOST:
                return loads(raw)  # type: ignore[no-any-return]
        raise NoReply(routing_key)

    def close(self) -> None:
        self._closing.set()
        if self._reader is not None:
            self._reader.join(5)
        self._producers.close()

    def _ask(self, routing_key: str, payload: str, headers: dict[str, Any], deadline: float, *, read: bool) -> Any:
        correlation_id, future = str(uuid.uuid4()), Future[Any]()
        try:
            with self._producer(deadline) as producer:
                # Known only now: a connection that breaks while this call waits for another is not this call's.
                self._pending[correlation_id] = (future, read)
                self._send(producer, routing_key, payload, headers, correlation_id, deadline)
            return future.result(timeout=max(0.0, deadline - monotonic()))
        except TimeoutError as error:
            raise NoReply(routing_key) from error
        finally:
            self._pending.pop(correlation_id, None)

    def _send(
        self,
        producer: Any,
        routing_key: str,
        payload: str,
        headers: dict[str, Any],
        correlation_id: str,
        deadline: float,
    ) -> None:
        try:
            producer.publish(
                payload,
                content_type="application/json",
                content_encoding="utf-8",
                exchange=EXCHANGE,
                routing_key=routing_key,
                reply_to=self._reply_to,
                correlation_id=correlation_id,
                headers=signed(self._keys, routing_key, payload, headers, (self._reply_to, correlation_id)),
                mandatory=True,
                delivery_mode=TRANSIENT,
                expiration=max(1.0, deadline - monotonic()),
                confirm_timeout=10,
            )
        except Exception as error:  # whatever a socket or the library says while a message is on its way
            if isinstance(error, ChannelError) and "NO_ROUTE" in str(error):
                raise Unroutable(routing_key) from error
            self._producers.close()  # the others are broken as well, most likely
            raise InDoubt(routing_key) from error

    @contextmanager
    def _producer(self, deadline: float) -> Iterator[Any]:
        """A producer of the living connection; waits for the broker until ``deadline``."""
        self._await_connection(deadline)
        while True:
            try:
                entry = self._producers.take(self._generation)
                break
            except Exception as error:  # not connected: nothing was sent, so trying again is safe
                if monotonic() > deadline or self._closing.wait(0.3):
                    raise Unreachable(str(error)) from error
                self._await_connection(deadline)
        with self._producers.returning(entry) as producer:
            yield producer

    def _await_connection(self, deadline: float) -> None:
        if self._connected.wait(max(0.0, min(BRIEFLY, deadline - monotonic()))):
            return
        if not self._waiters.acquire(blocking=False):
            raise Unreachable("too many requests wait for the broker already")
        try:
            if not self._connected.wait(max(0.0, deadline - monotonic())):
                raise Unreachable("the broker is away")
        finally:
            self._waiters.release()

    def start(self) -> None:
        """Connect in the background, once. A process calls it after it was forked."""
        with self._lock:
            if self._reader is None:
                self._reader = Thread(target=self._read_replies, name="rpc replies", daemon=True)
                self._reader.start()

    def _connection(self, **options: Any) -> Connection:
        heartbeat = 0 if self._url.startswith("embedded") else 20
        given = {**self._options, **options}
        return Connection(self._url, transport_options=given, connect_timeout=3, heartbeat=heartbeat)

    def _read_replies(self) -> None:
        pause = 0.2
        while not self._closing.is_set():
            try:
                with self._connection() as connection:
                    connection.connect()
                    may_declare(connection, Exchange(EXCHANGE, type="topic", durable=True))
                    with connection.Consumer([self._queue()], on_message=self._hand_over, no_ack=True):
                        pause = 0.2
                        self._generation += 1
                        self._connected.set()
                        self._drain(connection)
            except Exception as error:  # the thread outlives every kind of broken connection
                log.warning("rpc replies: connection lost", error=repr(error))
            if self._connected.is_set():
                self._connected.clear()
                self._break_reads()
            self._closing.wait(pause)
            pause = min(2 * pause, 3.0)

    def _drain(self, connection: Connection) -> None:
        started = checked = monotonic()
        orphans = list(self._pending.values())  # writes sent before the connection broke; reads were broken off
        while not self._closing.is_set():
            with suppress(TimeoutError):
                connection.drain_events(timeout=1)
            if connection.heartbeat and monotonic() - checked > 1:
                connection.heartbeat_check()
                checked = monotonic()
            if orphans and monotonic() - started > ORPHANS_LAST:
                _break_off(orphans)
                orphans = []

    def _queue(self) -> Queue:
        exchange = Exchange(EXCHANGE, type="topic", durable=True, no_declare=True)
        name, arguments = f"rpc.reply-gateway-{self._reply_to}", {"x-expires": REPLY_QUEUE_LASTS}
        return Queue(name, exchange=exchange, routing_key=self._reply_to, queue_arguments=arguments)

    def _hand_over(self, message: Any) -> None:
        """Decoding is the caller's work, in the caller's thread."""
        waiting = self._pending.get(message.properties.get("correlation_id"))
        if waiting is not None:
            with suppress(InvalidStateError):  # a second reply, or one that was given up
                waiting[0].set_result(message.body)

    def _break_reads(self) -> None:
        _break_off([entry for entry in list(self._pending.values()) if entry[1]])


def _break_off(entries: list[Entry]) -> None:
    for future, _ in entries:
        with suppress(InvalidStateError):  # its reply came at the last moment
            future.set_result(_LOST)
