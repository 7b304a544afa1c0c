"""Consuming without losing: what cannot be read or handled is kept with its reason, never dropped and never spun on (law 4)."""

import traceback
from collections.abc import Callable
from typing import Any

from amqp.exceptions import ConnectionError as BrokerGone
from kombu import Connection
from kombu.pools import producers
from nameko.messaging import QueueConsumer

from shared.events import REGISTRY
from shared.logs import log
from shared.messaging.topology import DEAD, RETRY_DELAYS, RETRY_SCHEDULE, dead_queue, ensure, retry_name, retry_queue
from shared.messaging.wire import ATTEMPT, PERSISTENT
from shared.settings import settings

HEARTBEAT = 30  # seconds


def broker() -> Connection:
    options = {**settings.broker_options, "confirm_publish": True}
    return Connection(settings.need("broker_url"), transport_options=options, heartbeat=HEARTBEAT)


class GuardedQueueConsumer(QueueConsumer):
    """nameko's consumer, but a body that is no JSON rests among the dead letters instead of vanishing."""

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        """Consume from what is there: an account of its own declares nothing. Asked at each connection."""
        taken = [provider.queue for provider in self._providers]
        with self.connection as connection:
            ensure(connection, [dead_queue(), *map(retry_queue, RETRY_DELAYS), *taken])
        for queue in taken:
            queue.no_declare = True
        return super().get_consumers(consumer_cls, channel)

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        info = message.delivery_info
        kind = REGISTRY.get(info["routing_key"])
        service = self.container.service_name
        bury(message, kind.queue(service) if kind else f"rpc-{service}", f"undecodable: {exc}")
        self.ack_message(message)

    def ack_message(self, message: Any) -> None:
        _settle(message, message.ack)

    def requeue_message(self, message: Any) -> None:
        _settle(message, message.requeue)


def bury(message: Any, queue: str, reason: str, trace: str = "") -> None:
    """Put ``message`` among the dead letters, confirmed by the broker before this returns."""
    headers = {**_headers(message), "kaohe_queue": queue, "kaohe_reason": reason[:2000], "kaohe_trace": trace[-4000:]}
    log.error("message buried", queue=queue, reason=reason[:500])
    _republish(message, headers, exchange=DEAD, routing_key=queue)


def retry_later(message: Any, queue: str, error: BaseException) -> None:
    """Send a failed ``message`` to wait for its next attempt, or bury it when it had them all."""
    attempt = int(_headers(message).get(ATTEMPT, 0))
    reason = f"{type(error).__name__}: {error}"
    if attempt >= len(RETRY_SCHEDULE):
        bury(message, queue, reason, "".join(traceback.format_exception(error)))
        return
    delay = RETRY_SCHEDULE[attempt]
    log.warning("message retried", queue=queue, attempt=attempt + 1, delay=delay, reason=reason[:500])
    headers = {**_headers(message), ATTEMPT: attempt + 1}
    _republish(message, headers, exchange=retry_name(delay), routing_key=queue)


def _settle(message: Any, settle: Callable[[], None]) -> None:
    """nameko's own lets a socket's error end the service; a broker that went away will deliver the message again."""
    if message.channel.connection is None:
        return
    try:
        settle()
    except (BrokerGone, OSError) as error:
        log.warning("a message could not be settled; the broker delivers it again", reason=repr(error))


def _headers(message: Any) -> dict[str, Any]:
    return {name: value for name, value in (message.headers or {}).items() if name != "x-death"}


def _republish(message: Any, headers: dict[str, Any], **where: Any) -> None:
    with producers[broker()].acquire(block=True) as producer:
        producer.publish(
            message.body,
            headers=headers,
            content_type=message.content_type or "application/json",
            content_encoding=message.content_encoding or "utf-8",
            delivery_mode=PERSISTENT,
            mandatory=True,
            retry=True,
            retry_policy={"max_retries": 3},
            **where,
        )
