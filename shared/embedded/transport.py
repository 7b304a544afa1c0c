"""The in-process broker, ``embedded://``: a kombu transport for the one-process system, with what nameko and law 1 need.

On kombu's virtual transport, with these differences (each cost someone a day): a message is copied for each queue; what is
persistent in a durable queue is journaled before the publisher goes on; ``mandatory`` is honoured; draining waits for an event
instead of polling; an unacknowledged message returns to its own queue only; ``x-message-ttl`` with a dead-letter exchange
moves a message on, which is all that delayed retries need. Publishing is its own confirm.
"""

import threading
from collections import deque
from collections.abc import Callable
from queue import Empty
from time import monotonic
from typing import Any
from weakref import WeakSet

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, base, virtual
from kombu.utils.uuid import uuid

from shared.embedded.journal import Journal

Raw = dict[str, Any]
Later = Callable[[float, Callable[[], None]], None]  # seconds, what happens then


def later_by_the_clock(seconds: float, happens: Callable[[], None]) -> None:
    """Let something happen after so many seconds, in a thread of its own."""
    timer = threading.Timer(seconds, happens)
    timer.daemon = True
    timer.start()


class Broker:
    """The queues of this process. ``journal`` is None where nothing needs to outlive it (tests); ``later``
    is the clock by which messages wait, another one where time is simulated."""

    def __init__(self) -> None:
        self.later: Later = later_by_the_clock
        self.begin()

    def begin(self) -> None:
        """Know of no queue and no message, as at the start of a process."""
        self.state = virtual.BrokerState()
        self.queues: dict[str, deque[Raw]] = {}
        self.arguments: dict[str, Raw] = {}
        self.durable: set[str] = set()
        self.transports: WeakSet[Transport] = WeakSet()
        self.journal: Journal | None = None
        self.numbers: dict[str, set[int]] = {}  # journaled messages that are here, by queue

    def declare(self, queue: str, *, durable: bool, arguments: Raw) -> None:
        if queue in self.queues:
            return
        self.queues[queue] = deque()
        self.arguments[queue] = arguments
        if durable:
            self.durable.add(queue)
            self.recover(queue)

    def recover(self, queue: str) -> None:
        """Take up the journaled messages of ``queue`` that are not here yet:
        after a start, or moved in by an operator."""
        here = self.numbers.setdefault(queue, set())
        for number, raw in self.journal.waiting(queue) if self.journal else []:
            if number not in here:
                self.put(queue, raw, number)

    def publish(self, queues: list[str], raw: Raw) -> None:
        kept = (
            [queue for queue in queues if queue in self.durable] if raw["properties"].get("delivery_mode") == 2 else []
        )
        numbers = dict(zip(kept, self.journal.append(kept, raw), strict=True)) if self.journal and kept else {}
        for queue in queues:
            self.put(queue, raw, numbers.get(queue))

    def put(self, queue: str, raw: Raw, number: int | None) -> None:
        """Put one copy of ``raw`` for ``queue``, with a delivery tag of its own."""
        properties = {**raw["properties"], "delivery_tag": uuid()}
        properties["delivery_info"] = {**properties.get("delivery_info", {}), "queue": queue, "journal": number}
        copy = {**raw, "properties": properties, "headers": dict(raw.get("headers") or {})}
        if number is not None:
            self.numbers.setdefault(queue, set()).add(number)
        ttl = self.arguments.get(queue, {}).get("x-message-ttl")
        if ttl is not None:
            self._expire_later(queue, copy, ttl / 1000)
            return
        self.queues[queue].append(copy)
        self.wake(queue)

    def wake(self, queue: str) -> None:
        for transport in list(self.transports):
            if queue in transport._callbacks:
                transport.wakeup.set()

    def done(self, delivery_info: Raw) -> None:
        if self.journal and delivery_info.get("journal") is not None:
            self.journal.forget(delivery_info["journal"])
            self.numbers[delivery_info["queue"]].discard(delivery_info["journal"])

    def follow_operators(self, stopping: Callable[[], bool]) -> None:
        """Take up what another process moves into our queues (``kaohe dead-letters replay``), until ``stopping()``."""
        if self.journal is None:
            return
        for queue in self.journal.moved_queues(stopping):
            if queue in self.queues:
                self.recover(queue)

    def _expire_later(self, queue: str, raw: Raw, seconds: float) -> None:
        def expire() -> None:
            # The default exchange: the routing key names the queue to which a waiting message returns.
            target = raw["properties"]["delivery_info"]["routing_key"]
            if target in self.queues:
                self.publish([target], raw)
                self.done(raw["properties"]["delivery_info"])

        self.later(seconds, expire)


BROKER = Broker()


class QoS(virtual.QoS):
    def ack(self, delivery_tag: str) -> None:
        delivered = self._delivered.get(delivery_tag)
        super().ack(delivery_tag)
        if delivered is not None:
            BROKER.done(delivered.delivery_info)
        self.channel.connection.wakeup.set()

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        if not requeue:
            self.ack(delivery_tag)
            return
        super().reject(delivery_tag, requeue=True)
        self.channel.connection.wakeup.set()


class Channel(virtual.Channel):
    QoS = QoS
    body_encoding = None
    do_restore = True

    def prepare_message(self, *args: Any, **kwargs: Any) -> Raw:
        raw: Raw = super().prepare_message(*args, **kwargs)
        raw["properties"].update(content_type=raw["content-type"], content_encoding=raw["content-encoding"])
        return raw

    def basic_publish(self, message: Raw, exchange: str, routing_key: str, **kwargs: Any) -> None:
        message["properties"]["delivery_info"] = {"exchange": exchange, "routing_key": routing_key}
        if isinstance(message["body"], (bytes, memoryview)):
            message["body"] = bytes(message["body"]).decode()
        queues = [queue for queue in sorted(set(self._lookup(exchange, routing_key))) if queue in BROKER.queues]
        if not queues and kwargs.get("mandatory"):
            raise ChannelError("NO_ROUTE", (312, 0), "Basic.publish", "312")
        BROKER.publish(queues, message)

    def _lookup(self, exchange: str, routing_key: str, default: Any = None) -> list[str]:
        if not exchange:
            return [routing_key]
        if exchange not in self.state.exchanges:
            return []
        return list(self.typeof(exchange).lookup(self.get_table(exchange), exchange, routing_key, default))

    def _restore(self, message: Any) -> None:
        info = message.delivery_info
        raw = message.serializable()
        raw["properties"] = {**raw["properties"], "delivery_info": info}
        raw["redelivered"] = True
        if info["queue"] in BROKER.queues:
            BROKER.put(info["queue"], raw, info.get("journal"))

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return queue in BROKER.queues

    def _new_queue(self, queue: str, durable: bool = False, arguments: Raw | None = None, **kwargs: Any) -> None:
        BROKER.declare(queue, durable=durable, arguments=arguments or {})

    def _get(self, queue: str, timeout: Any = None) -> Raw:
        try:
            return BROKER.queues[queue].popleft()
        except (IndexError, KeyError):
            raise Empty from None

    def _size(self, queue: str) -> int:
        return len(BROKER.queues.get(queue, ()))

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        BROKER.queues.pop(queue, None)

    def _purge(self, queue: str) -> int:
        size = self._size(queue)
        BROKER.queues.get(queue, deque()).clear()
        return size

    def after_reply_message_received(self, queue: str) -> None:
        """Keep the queue: a reply queue serves many replies here."""


class Transport(virtual.Transport):
    Channel = Channel
    driver_type = "embedded"
    driver_name = "embedded"
    implements = base.Transport.implements.extend(exchange_type=frozenset(["direct", "topic"]))
    # OSError alone: nameko takes a ChannelError for an unroutable message, not for a lost connection.
    recoverable_connection_errors = (OSError,)
    recoverable_channel_errors = ()

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.state = BROKER.state
        self.wakeup = threading.Event()
        BROKER.transports.add(self)

    def driver_version(self) -> str:
        return "1"

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """Deliver one message, or raise ``TimeoutError`` (socket.timeout) after ``timeout`` seconds."""
        deadline = None if timeout is None else monotonic() + timeout
        while True:
            self.wakeup.clear()
            try:
                self.cycle.get(self._deliver)
                return
            except Empty:
                left = None if deadline is None else deadline - monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError from None
                self.wakeup.wait(left)


def install(journal: Journal | None = None) -> None:
    """Make ``embedded://`` known to kombu, its memory kept in ``journal``."""
    TRANSPORT_ALIASES["embedded"] = f"{__name__}:Transport"
    BROKER.journal = journal


install()
