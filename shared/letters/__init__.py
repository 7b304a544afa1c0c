"""Where dead letters lie: in RabbitMQ's queue, or in the journal of the broker that runs in process."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.letters.embedded import embedded_letters
from shared.letters.letter import BrokerAway, Letter, Letters, NotAllowed
from shared.letters.rabbit import RabbitLetters, connect, permitted
from shared.settings import settings

__all__ = ["BrokerAway", "Letter", "Letters", "NotAllowed", "letters_at", "on_rabbitmq"]


def on_rabbitmq() -> bool:
    """Tell whether the broker is one of its own, and not the one that runs in process."""
    return bool(settings.broker_url.startswith(("amqp", "pyamqp")))


@contextmanager
def letters_at(database_url: str) -> Iterator[Letters]:
    """Give the dead letters of the broker that is set; without one those of the journal in the database.

    Raises ``BrokerAway`` where the broker does not answer, ``NotAllowed`` where this process's account may not.
    """
    if on_rabbitmq():
        connection = connect()
        try:
            with permitted():
                yield RabbitLetters(connection.channel())
        finally:
            connection.close()
    elif not database_url:
        raise BrokerAway("no broker is set")
    else:
        with embedded_letters(database_url) as box:
            yield box
