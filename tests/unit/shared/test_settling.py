"""Acknowledging to a broker that has just gone away: the message comes again, the service goes on."""

from types import SimpleNamespace

import pytest
from amqp.exceptions import ConnectionForced, RecoverableConnectionError

from shared.messaging.consumer import GuardedQueueConsumer

GONE = (
    ConnectionResetError(104, "reset"),
    BrokenPipeError(32, "pipe"),
    RecoverableConnectionError(),
    ConnectionForced(),
)


def message(error: Exception, connection: object = "alive") -> SimpleNamespace:
    def settle() -> None:
        raise error

    return SimpleNamespace(channel=SimpleNamespace(connection=connection), ack=settle, requeue=settle)


@pytest.mark.parametrize("error", GONE, ids=repr)
@pytest.mark.parametrize("what", ["ack_message", "requeue_message"])
def test_a_broker_that_went_away_does_not_end_the_service(what: str, error: Exception) -> None:
    getattr(GuardedQueueConsumer(), what)(message(error))


def test_a_closed_channel_is_not_written_to() -> None:
    GuardedQueueConsumer().ack_message(message(AssertionError("written to"), connection=None))


def test_a_fault_of_ours_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        GuardedQueueConsumer().ack_message(message(ZeroDivisionError()))
