"""Many messages are in the broker's keeping once their confirms have come, and none is taken for sent that found no queue (law 3)."""

from collections.abc import Iterator

import pika
import pytest
from kombu import Connection
from sqlalchemy import text

from ops.private.rabbitmq import PrivateRabbitMQ
from shared.database import engine_for, single_statements
from shared.messaging import topology
from shared.messaging.confirming import Publisher, Unconfirmed
from shared.messaging.relay import send_waiting

QUEUE = "kept"
HOW = {"exchange": "", "content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2}


@pytest.fixture
def queues(rabbitmq: PrivateRabbitMQ) -> Iterator[tuple[str, pika.adapters.blocking_connection.BlockingChannel]]:
    url = rabbitmq.new_vhost()
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        yield url, channel


def test_all_that_was_sent_is_there_once_it_is_confirmed(queues) -> None:
    url, channel = queues
    with Connection(url, transport_options={"confirm_publish": True}) as connection:
        publisher = Publisher(connection)
        for number in range(300):
            publisher.send(str(number), QUEUE, mandatory=True, **HOW)
        publisher.confirmed()
    bodies = [channel.basic_get(QUEUE, auto_ack=True)[2] for _ in range(300)]
    assert bodies == [str(number).encode() for number in range(300)]


def test_what_finds_no_queue_is_told(queues) -> None:
    url, _ = queues
    with Connection(url, transport_options={"confirm_publish": True}) as connection:
        publisher = Publisher(connection)
        for where in (QUEUE, "nowhere", QUEUE):
            publisher.send("{}", where, mandatory=True, **HOW)
        with pytest.raises(Unconfirmed, match="nowhere found no queue") as told:
            publisher.confirmed()
    assert told.value.keys == {"nowhere"}


def test_one_that_finds_no_queue_lets_the_others_be_sent_once(queues, database) -> None:
    """Its queue was deleted, say: what went with it would come again each second for as long as that lasts."""
    url, channel = queues
    channel.exchange_declare(topology.EVENTS.name, "topic", durable=True)
    channel.queue_bind(QUEUE, topology.EVENTS.name, "complaints.CaseFiguresChanged.v1")
    engine = engine_for(database("complaints"))
    row = "INSERT INTO complaints.outbox (event, body, request_id, written_at) VALUES (:event, '{}', '', now())"
    with (
        single_statements(engine) as statements,
        Connection(url, transport_options={"confirm_publish": True}) as connection,
    ):
        for event in ("CaseFiguresChanged", "VetoProposed", "CaseFiguresChanged"):
            statements.execute(text(row), {"event": f"complaints.{event}.v1"})
        for _ in range(3):
            with pytest.raises(Unconfirmed, match="VetoProposed"):
                send_waiting(statements, Publisher(connection), "complaints")
        left = statements.execute(text("SELECT event FROM complaints.outbox")).scalars().all()
    assert left == ["complaints.VetoProposed.v1"]
    assert [bool(channel.basic_get(QUEUE, auto_ack=True)[0]) for _ in range(3)] == [True, True, False]
