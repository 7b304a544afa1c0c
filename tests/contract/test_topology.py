"""Queues, handlers and rpc methods have frozen names, and the broker holds what the code says. pika is an independent witness."""

import json
from collections.abc import Iterator
from typing import Any

import pika
import pytest
from kombu import Connection
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker

from ops.private.rabbitmq import PrivateRabbitMQ
from shared.events import REGISTRY
from shared.messaging import topology
from shared.migrations import SERVICES
from tests.contract.golden import METHODS, TOPOLOGY, current_methods, current_topology, handled
from tests.contract.test_events import samples

GOLDEN: dict[str, Any] = json.loads(TOPOLOGY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def vhost(rabbitmq: PrivateRabbitMQ) -> str:
    """A virtual host in which every owner has declared what it publishes to, and no service has ever run."""
    url = rabbitmq.new_vhost()
    with Connection(url) as connection:
        for name in SERVICES:
            topology.declare(connection, owner=name)
    return url


@pytest.fixture
def channel(vhost: str) -> Iterator[BlockingChannel]:
    connection = pika.BlockingConnection(pika.URLParameters(vhost))
    yield connection.channel()
    connection.close()


def test_names_and_arguments_of_queues_are_the_frozen_ones() -> None:
    assert current_topology() == GOLDEN


def test_names_of_rpc_methods_are_the_frozen_ones() -> None:
    assert current_methods() == json.loads(METHODS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_handles_exactly_the_events_that_name_it_as_consumer(service: str) -> None:
    taken = sorted(kind.wire_name for kind in handled(service))
    assert taken == sorted(kind.wire_name for kind in REGISTRY.values() if service in kind.consumers)


@pytest.mark.parametrize("queue", sorted(GOLDEN["queues"]))
def test_the_broker_has_each_queue_with_its_arguments(channel: BlockingChannel, queue: str) -> None:
    frozen = GOLDEN["queues"][queue]
    channel.queue_declare(queue, durable=frozen["durable"], arguments=frozen["arguments"])  # refused if it differs


def test_a_queue_with_other_arguments_is_refused_by_the_broker(channel: BlockingChannel) -> None:
    with pytest.raises(ChannelClosedByBroker, match="PRECONDITION_FAILED"):
        channel.queue_declare(topology.DEAD, durable=True, arguments={"x-queue-type": "classic"})


@pytest.mark.parametrize("wire_name", sorted(name for name, kind in REGISTRY.items() if kind.consumers))
def test_an_event_reaches_a_queue_of_every_taker_that_never_ran(channel: BlockingChannel, wire_name: str) -> None:
    body = json.dumps(samples(wire_name)).encode()
    channel.confirm_delivery()
    channel.basic_publish(topology.EVENTS.name, wire_name, body, mandatory=True)
    for consumer in REGISTRY[wire_name].consumers:
        method, _, received = channel.basic_get(REGISTRY[wire_name].queue(consumer), auto_ack=True)
        assert method is not None, consumer
        assert received == body


def test_a_message_for_retry_returns_to_the_queue_it_came_from(channel: BlockingChannel) -> None:
    queue = "declarations.DeclarationChanged.v1--scoring"
    channel.confirm_delivery()
    channel.basic_publish(topology.retry_name(1), queue, b"[]", mandatory=True)
    for method, _, body in channel.consume(queue, inactivity_timeout=10):
        assert method is not None, "it did not return within ten seconds"
        assert body == b"[]"
        channel.basic_ack(method.delivery_tag)
        break
    channel.cancel()
