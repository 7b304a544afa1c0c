"""What waits is told to whoever watches, from a real broker and a real database; what cannot be reached is told too."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pika
import pytest
from kombu import Connection
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import create_engine, text

from ops.backlog import Backlog
from ops.private.rabbitmq import PrivateRabbitMQ
from shared.messaging import topology
from shared.settings import Settings, settings

WAITING = "INSERT INTO targets.outbox (event, body, request_id, written_at) VALUES ('e', '[]', '', now() - interval '90 seconds')"


@pytest.fixture
def watched(rabbitmq: PrivateRabbitMQ, database: Callable[..., str]) -> Callable[..., list[str]]:
    """Two messages of targets not sent, three in a queue of scoring's, one dead letter."""
    url, before = rabbitmq.new_vhost(), settings._settings
    database_url = database("targets", "scoring")
    with create_engine(database_url).begin() as connection:
        connection.execute(text(f"{WAITING}, ('e', '[]', '', now())"))
    with Connection(url) as broker:
        topology.declare(broker, owner="targets")
    with pika.BlockingConnection(pika.URLParameters(url)) as operator:
        channel = operator.channel()
        channel.confirm_delivery()
        for queue in (topology.DEAD, *["targets.UnitChanged.v1--scoring"] * 3):
            channel.basic_publish("", queue, b"[]")

    def told(**chosen: str) -> list[str]:
        settings.use(replace(Settings(), **{"database_url": database_url, "broker_url": url, **chosen}))
        try:
            registry = CollectorRegistry()
            registry.register(Backlog(("targets", "scoring")))
            return generate_latest(registry).decode().splitlines()
        finally:
            settings.use(before)

    return told


def test_outbox_queues_and_dead_letters_are_counted(watched: Callable[..., list[str]]) -> None:
    lines = watched()
    assert 'kaohe_outbox_rows{service="targets"} 2.0' in lines
    assert 'kaohe_outbox_rows{service="scoring"} 0.0' in lines
    (oldest,) = [
        float(line.split()[1]) for line in lines if line.startswith('kaohe_outbox_oldest_seconds{service="targets"')
    ]
    assert oldest >= 90
    assert 'kaohe_queue_messages{queue="kaohe.dead"} 1.0' in lines
    assert 'kaohe_queue_messages{queue="targets.UnitChanged.v1--scoring"} 3.0' in lines
    assert 'kaohe_queue_consumers{queue="targets.UnitChanged.v1--scoring"} 0.0' in lines
    assert {'kaohe_reachable{what="database"} 1.0', 'kaohe_reachable{what="broker"} 1.0'} <= set(lines)
    assert {line.split("{")[0] for line in lines if line.startswith("kaohe_")} == set(Backlog.LABELS)


def test_what_is_away_is_told_and_the_rest_is_counted(watched: Callable[..., list[str]]) -> None:
    lines = watched(broker_url="amqp://kaohe:wrong@127.0.0.1:1/kaohe")
    assert 'kaohe_reachable{what="broker"} 0.0' in lines
    assert 'kaohe_outbox_rows{service="targets"} 2.0' in lines


EMBEDDED = """
from dataclasses import replace
from prometheus_client import CollectorRegistry, generate_latest
from kombu import Connection
from ops.backlog import Backlog
from shared.embedded import transport
from shared.messaging import topology
from shared.settings import Settings, settings
settings.use(replace(Settings(), broker_url="embedded://", database_url="postgresql+psycopg2://nobody@127.0.0.1:1/none"))
with Connection("embedded://") as broker:
    topology.declare(broker, owner="targets")
    broker.Producer().publish([], exchange="", routing_key="kaohe.dead")
registry = CollectorRegistry()
registry.register(Backlog(("targets",)))
print(generate_latest(registry).decode())
"""


def test_the_broker_in_process_is_counted_too() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", EMBEDDED], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert 'kaohe_queue_messages{queue="kaohe.dead"} 1.0' in lines
    assert {'kaohe_reachable{what="database"} 0.0', 'kaohe_reachable{what="broker"} 1.0'} <= set(lines)
