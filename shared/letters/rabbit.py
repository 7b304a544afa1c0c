"""Dead letters in RabbitMQ's queue, looked into with pika."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pika
from pika.adapters.blocking_connection import BlockingChannel

from shared.events import REGISTRY
from shared.letters.letter import BrokerAway, Choose, Letter, NotAllowed
from shared.messaging.topology import DEAD, queues
from shared.messaging.wire import ATTEMPT
from shared.settings import settings

ACCESS_REFUSED = 403


def addresses(url: str) -> list[pika.URLParameters]:
    """Return where the broker's nodes are, in the order of trying: ``url`` names one, or several by semicolons, as for kombu."""
    return [pika.URLParameters(one.replace("pyamqp://", "amqp://")) for one in url.split(";")]


def connect() -> pika.BlockingConnection:
    try:
        return pika.BlockingConnection(addresses(settings.broker_url))
    except pika.exceptions.AMQPConnectionError as error:
        raise BrokerAway(f"the broker does not answer: {error!r}") from error


@contextmanager
def permitted() -> Iterator[None]:
    """Tell what the broker refuses to this account as that, and not as a fault."""
    try:
        yield
    except pika.exceptions.ChannelClosedByBroker as error:
        if error.reply_code != ACCESS_REFUSED:
            raise
        raise NotAllowed(str(error.reply_text)) from error


class RabbitLetters:
    """Each letter is taken, put somewhere with a publisher confirm and only then acknowledged: none is lost on the way.

    Looking puts a letter back as a new message at the queue's end. Handing it back unacknowledged would count as one of
    the deliveries that a quorum queue allows before it drops a message.
    """

    def __init__(self, channel: BlockingChannel) -> None:
        self._channel = channel
        channel.confirm_delivery()

    def all(self) -> list[Letter]:
        found: list[Letter] = []
        self._walk(lambda letter: _noted(found, letter))
        return found

    def replay(self, choose: Choose) -> int:
        return self._walk(lambda letter: letter.queue if choose(letter) else DEAD)

    def drop(self, choose: Choose) -> int:
        return self._walk(lambda letter: None if choose(letter) else DEAD)

    def depths(self) -> dict[str, int]:
        """Ask for each queue of ours; one that was never declared closes the channel that asks, so each has its own."""
        found = {}
        for name in [queue.name for queue in queues(REGISTRY.values())]:
            channel = self._channel.connection.channel()
            with suppress(pika.exceptions.ChannelClosedByBroker):
                found[name] = int(channel.queue_declare(name, passive=True).method.message_count)
                channel.close()
        return found

    def _walk(self, where: Callable[[Letter], str | None]) -> int:
        """Move every letter to the queue that ``where`` names, None for nowhere; returns how many left the dead letters."""
        left = 0
        for _ in range(self._count()):
            method, properties, body = self._channel.basic_get(DEAD)
            if method is None:
                break
            queue = where(_letter(properties.headers or {}, body))
            if queue is not None:
                self._publish(queue, properties, body)
            self._channel.basic_ack(method.delivery_tag)
            left += queue != DEAD
        return left

    def _count(self) -> int:
        try:
            return int(self._channel.queue_declare(DEAD, passive=True).method.message_count)
        except pika.exceptions.ChannelClosedByBroker as error:
            raise BrokerAway(f"there is no queue {DEAD} yet: was a service ever started?") from error

    def _publish(self, queue: str, properties: pika.BasicProperties, body: bytes) -> None:
        headers = dict(properties.headers or {})
        if queue != DEAD:
            headers = _fresh(headers)
        kept = pika.BasicProperties(
            content_type=properties.content_type or "application/json",
            content_encoding=properties.content_encoding or "utf-8",
            delivery_mode=2,
            headers=headers,
        )
        self._channel.basic_publish("", queue, body, kept, mandatory=True)


def _letter(headers: dict[str, Any], body: bytes) -> Letter:
    death = (headers.get("x-death") or [{}])[0]
    queue = headers.get("kaohe_queue") or death.get("queue", "")
    reason = headers.get("kaohe_reason") or f"rejected by the broker: {death.get('reason', 'unknown')}"
    return Letter(str(queue), str(reason), str(headers.get("kaohe_trace", "")), body)


def _fresh(headers: dict[str, Any]) -> dict[str, Any]:
    """A replayed message starts with all its attempts again."""
    spent = ("kaohe_queue", "kaohe_reason", "kaohe_trace", "x-death", "x-delivery-count", ATTEMPT)
    return {name: value for name, value in headers.items() if name not in spent and not name.startswith("x-")}


def _noted(found: list[Letter], letter: Letter) -> str:
    found.append(letter)
    return DEAD
