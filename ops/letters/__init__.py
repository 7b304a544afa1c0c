"""Where dead letters lie: in RabbitMQ's queue, or in the journal of the broker that runs in process."""

from collections.abc import Iterator
from contextlib import contextmanager

from ops.letters.embedded import embedded_letters
from ops.letters.letter import Letters
from ops.letters.rabbit import RabbitLetters, connect
from shared.settings import settings


@contextmanager
def letters() -> Iterator[Letters]:
    """Give the dead letters of the broker that is set; without one, those of the embedded system of this folder."""
    if settings.broker_url.startswith(("amqp", "pyamqp")):
        connection = connect()
        try:
            yield RabbitLetters(connection.channel())
        finally:
            connection.close()
    else:
        with embedded_letters() as box:
            yield box
