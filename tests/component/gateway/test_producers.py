"""An idle connection is closed by the broker; nobody is handed it afterwards."""

import select
from collections.abc import Iterator
from time import monotonic

import pytest
from kombu import Connection

from gateway.producers import Entry, Producers


@pytest.fixture
def producers(rabbitmq, request) -> Iterator[Producers]:
    made = Producers(lambda: Connection(rabbitmq.url, heartbeat=request.param))
    yield made
    made.close()


def used(producers: Producers) -> Entry:
    entry = producers.take(1)
    with producers.returning(entry) as producer:
        producer.publish("{}", routing_key="nobody")
    return entry


def closed_by_the_broker(entry: Entry) -> bool:
    """Whether the end of the stream comes within a minute; what comes before is heartbeats."""
    sock, deadline = entry.connection.connection.sock, monotonic() + 60
    sock.setblocking(False)
    while monotonic() < deadline:
        if select.select([sock], [], [], 1)[0]:
            try:
                if not sock.recv(4096):
                    return True
            except ConnectionResetError:
                return True
            except (TimeoutError, BlockingIOError):
                continue
    return False


@pytest.mark.parametrize("producers", [10], indirect=True)
def test_a_connection_in_use_is_used_again(producers: Producers) -> None:
    first = used(producers)
    assert used(producers).connection is first.connection


@pytest.mark.parametrize("producers", [1], indirect=True)
def test_a_connection_that_was_idle_until_the_broker_closed_it_is_not_handed_out(producers: Producers) -> None:
    first = used(producers)
    assert closed_by_the_broker(first)
    assert used(producers).connection is not first.connection
