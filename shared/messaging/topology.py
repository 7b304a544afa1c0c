"""The names of exchanges and queues, and who declares what. Frozen by tests/contract: a renamed queue orphans its messages.

kaohe.events   topic; an event's wire name is its routing key
<event>--<consumer>   quorum queue of one consumer; after 20 deliveries that killed their worker it dead-letters
kaohe.retry.<n>s   where a failed message waits n seconds before its own queue has it again
kaohe.dead         quorum queue of what failed for good, with the reason in its headers, and the exchange that leads to it
"""

from collections.abc import Iterable

from amqp.exceptions import AccessRefused, NotFound
from kombu import Connection, Exchange, Queue
from kombu.transport.base import StdChannel

from shared.events import REGISTRY, EventType
from shared.logs import log

EVENTS = Exchange("kaohe.events", type="topic", durable=True)
DEAD = "kaohe.dead"
RETRY_DELAYS = (1, 5, 30)  # seconds
# Attempts and how long each waits: about five minutes, longer than a database or broker takes to come back.
RETRY_SCHEDULE = (1, 1, 5, 5, 5, 30, 30, 30, 30, 30, 30, 30, 30, 30)

_QUORUM = {"x-queue-type": "quorum"}
_TO_DEAD = {
    "x-dead-letter-exchange": "",
    "x-dead-letter-routing-key": DEAD,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
    "x-delivery-limit": 20,
}


def retry_name(delay: int) -> str:
    return f"kaohe.retry.{delay}s"


def retry_exchange(delay: int) -> Exchange:
    return Exchange(retry_name(delay), type="topic", durable=True)


def consumer_queue(kind: EventType, consumer: str) -> Queue:
    return Queue(
        kind.queue(consumer),
        exchange=EVENTS,
        routing_key=kind.wire_name,
        durable=True,
        queue_arguments={**_QUORUM, **_TO_DEAD},
    )


def dead_queue() -> Queue:
    """Return the queue of dead letters, whose exchange is what a process may send to that may not send to every queue."""
    exchange = Exchange(DEAD, type="topic", durable=True)
    return Queue(DEAD, exchange=exchange, routing_key="#", durable=True, queue_arguments=dict(_QUORUM))


def retry_queue(delay: int) -> Queue:
    """Return a queue whose messages return through the default exchange to the
    queue whose name they carry as routing key."""
    arguments = {
        **_QUORUM,
        "x-message-ttl": delay * 1000,
        "x-dead-letter-exchange": "",
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    return Queue(
        retry_name(delay), exchange=retry_exchange(delay), routing_key="#", durable=True, queue_arguments=arguments
    )


def queues(kinds: Iterable[EventType]) -> list[Queue]:
    consumers = [consumer_queue(kind, consumer) for kind in kinds for consumer in kind.consumers]
    return [dead_queue(), *(retry_queue(delay) for delay in RETRY_DELAYS), *consumers]


def declare(connection: Connection, *, owner: str | None = None, consumer: str | None = None) -> None:
    """Declare what ``owner`` publishes to and what ``consumer`` reads: an event must find every consumer's queue, even
    that of a service that was never started yet."""
    kinds = [kind for kind in REGISTRY.values() if kind.owner == owner or consumer in kind.consumers]
    ensure(connection, queues(kinds))


def ensure(connection: Connection, wanted: Iterable[Queue]) -> None:
    """Declare the ``wanted`` queues, their exchanges and bindings; find them there where the account may declare nothing (ops/broker)."""
    declares = may_declare(connection, EVENTS)
    channel: StdChannel = connection.channel()
    try:
        for queue in wanted:
            if declares:
                queue(channel).declare()
            else:
                _find(channel, queue.name)
    finally:
        channel.close()


def _find(channel: StdChannel, queue: str) -> None:
    try:
        channel.queue_declare(queue, passive=True)
    except NotFound:
        log.error(
            "a queue is missing and this account declares none: load what `kaohe broker accounts` prints", queue=queue
        )
        raise


def may_declare(connection: Connection, exchange: Exchange) -> bool:
    """Declare ``exchange``; tell whether this account may. One that may not has all it needs declared for it."""
    channel: StdChannel = connection.channel()
    try:
        exchange(channel).declare()
    except AccessRefused:
        return False
    finally:
        channel.close()
    return True
