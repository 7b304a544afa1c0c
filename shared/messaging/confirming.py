"""Publishing many messages before waiting for what the broker says of them: its confirms come while the next ones are still being sent."""

from collections.abc import Iterable
from time import monotonic
from typing import Any

from amqp import Channel as AmqpChannel
from kombu import Connection, Producer
from kombu.exceptions import ChannelError

PATIENCE = 30.0  # seconds without a word from the broker about what was sent


class Unconfirmed(RuntimeError):
    """The broker did not take what was sent by some ``keys``, or (None) nobody knows of any message whether it did."""

    def __init__(self, reason: str, keys: Iterable[str] | None = None) -> None:
        super().__init__(reason)
        self.keys = None if keys is None else frozenset(keys)


class Publisher:
    """Sends on a channel of its own; after ``confirmed`` everything sent is in the broker's keeping."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channel: Any = connection.channel()
        self._producer = Producer(self._channel)
        self._sent = 0
        self._waiting: dict[int, str] = {}  # delivery tag -> what was sent
        self._refused: dict[str, str] = {}  # routing key -> why
        self._confirms = isinstance(self._channel, AmqpChannel)
        if self._confirms:
            self._channel.confirm_select()
            self._channel.basic_publish = self._channel._basic_publish  # noqa: SLF001  # amqp's way without waiting after each
            self._channel.events["basic_ack"].add(self._acked)
            self._channel.events["basic_nack"].add(self._nacked)
            self._channel.events["basic_return"].add(self._returned)

    def send(self, body: str, routing_key: str, **how: Any) -> None:
        """Send a message. Where the broker is in this process that is all; raises ``Unconfirmed`` where it found no queue."""
        try:
            self._producer.publish(body, routing_key=routing_key, timeout=PATIENCE, **how)
        except ChannelError as error:
            raise Unconfirmed(f"{routing_key} found no queue", [routing_key]) from error
        if self._confirms:
            self._sent += 1
            self._waiting[self._sent] = routing_key

    def confirmed(self) -> None:
        """Wait until the broker has all that was sent; raises ``Unconfirmed`` where it has not."""
        deadline = monotonic() + PATIENCE
        while self._waiting:
            if (left := deadline - monotonic()) <= 0:
                raise Unconfirmed(f"no word of {len(self._waiting)} messages in {PATIENCE:.0f} s")
            self._connection.drain_events(timeout=left)
        if self._refused:
            raise Unconfirmed("; ".join(self._refused.values()), self._refused)

    def _acked(self, tag: int, multiple: bool) -> None:  # noqa: FBT001  # amqp's signature
        for one in [one for one in self._waiting if one <= tag] if multiple else [tag]:
            self._waiting.pop(one, None)

    def _nacked(self, tag: int, multiple: bool) -> None:  # noqa: FBT001  # amqp's signature
        key = self._waiting.get(tag, "")
        self._refused[key] = f"{key} was refused"
        self._acked(tag, multiple)

    def _returned(self, _error: Exception, _exchange: str, routing_key: str, _message: Any) -> None:
        self._refused[routing_key] = f"{routing_key} found no queue"
