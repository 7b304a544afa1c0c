"""Three nodes of RabbitMQ on this machine, each killed in turn while events are told and services are asked; part of ``make faults``.

    python -m tests.cluster.three_nodes [SECONDS]

Prints what was acknowledged, what arrived, and for how long nobody could tell or ask; ends with 1 where something acknowledged is missing.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pika
from pika.exceptions import AMQPError
from sqlalchemy import make_url

from ops.broker.accounts import ACCOUNTS, OPERATOR, user_of
from ops.broker.definitions import definitions
from ops.private.rabbitmq import PrivateRabbitMQ
from shared.messaging.topology import EVENTS

EVENT, TAKER = "targets.UnitChanged.v1", "scoring"
QUEUE = f"{EVENT}--{TAKER}"
ASKED = "scoring.list_runs"
BETWEEN = 5.0  # seconds that the cluster is left alone
OPTIONS = "?socket_timeout=5&blocked_connection_timeout=5&heartbeat=5&connection_attempts=1"


class Client:
    """Does one thing again and again, on whichever node takes it, and notes what was acknowledged and the longest time without."""

    def __init__(self, urls: list[str], what: Callable[[Any, int], None]) -> None:
        self._urls, self._what = urls, what
        self.acknowledged: list[int] = []
        self.longest = 0.0
        self._stopping = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        last, node, number = time.monotonic(), 0, 0
        while not self._stopping.is_set():
            with suppress(AMQPError, OSError, AssertionError):
                connection = pika.BlockingConnection(pika.URLParameters(self._urls[node % len(self._urls)] + OPTIONS))
                channel = connection.channel()
                channel.confirm_delivery()
                while not self._stopping.is_set():
                    number += 1
                    self._what(channel, number)
                    self.acknowledged.append(number)
                    self.longest, last = max(self.longest, time.monotonic() - last), time.monotonic()
                    time.sleep(0.01)
            node += 1
            time.sleep(0.1)


def publish(exchange: str, key: str) -> Callable[[Any, int], None]:
    """Return what publishes, mandatory and confirmed: it raises where no queue took it."""
    kept = pika.BasicProperties(delivery_mode=2)
    return lambda channel, number: channel.basic_publish(exchange, key, str(number).encode(), kept, mandatory=True)


@contextmanager
def cluster(folder: Path) -> Iterator[list[PrivateRabbitMQ]]:
    first = PrivateRabbitMQ(folder / "one")
    nodes = [first, *(PrivateRabbitMQ(folder / name, first=first) for name in ("two", "three"))]
    try:
        for node in nodes:
            node.start()
        yield nodes
    finally:
        for node in reversed(nodes):
            node.stop()


def accounts(nodes: list[PrivateRabbitMQ], folder: Path) -> dict[str, list[str]]:
    """Load the definitions of a cluster; return each account's address on every node."""
    passwords = {name: f"password-of-{name}" for name in ACCOUNTS} | {OPERATOR: str(make_url(nodes[0].url).password)}
    file = folder / "definitions.json"
    file.write_text(json.dumps(definitions(passwords, cluster=True)))
    nodes[0].import_definitions(file)
    return {
        name: [
            make_url(node.url)
            .set(username=user_of(name), password=passwords[name])
            .render_as_string(hide_password=False)
            for node in nodes
        ]
        for name in ACCOUNTS
    }


def main(seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="kaohe-cluster-") as name, cluster(Path(name)) as nodes:
        urls = accounts(nodes, Path(name))
        telling = Client(urls["targets"], publish(EVENTS.name, EVENT))
        asking = Client(urls["gateway"], publish("nameko-rpc", ASKED))
        for client in (telling, asking):
            client.start()
        began, kills = time.monotonic(), 0
        while kills < len(nodes) or time.monotonic() - began < seconds:
            victim = nodes[kills % len(nodes)]
            time.sleep(BETWEEN)
            victim.kill()
            kills += 1
            time.sleep(BETWEEN)
            victim.start()
        for client in (telling, asking):
            client.stop()
        told = {queue: taken(urls[TAKER], queue) for queue in (QUEUE, f"rpc-{TAKER}")}
        lost = [
            _tell(what, client, told[queue])
            for what, client, queue in (("events", telling, QUEUE), ("requests", asking, f"rpc-{TAKER}"))
        ]
        sys.stdout.write(f"{kills} nodes killed, one after the other, in {time.monotonic() - began:.0f} s\n")
        return 1 if any(lost) else 0


def taken(urls: list[str], queue: str) -> Counter[int]:
    """Take everything from a queue."""
    found: Counter[int] = Counter()
    connection = pika.BlockingConnection(pika.URLParameters(urls[0] + OPTIONS))
    channel = connection.channel()
    for method, _, body in channel.consume(queue, inactivity_timeout=10, auto_ack=True):
        if method is None:
            break
        found[int(body)] += 1
    connection.close()
    return found


def _tell(what: str, client: Client, found: Counter[int]) -> list[int]:
    lost = [number for number in client.acknowledged if number not in found]
    twice = sum(1 for often in found.values() if often > 1)
    sys.stdout.write(
        f"{what}: {len(client.acknowledged)} acknowledged, {len(lost)} lost, {twice} twice, longest silence {client.longest:.1f} s\n"
    )
    return lost


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
