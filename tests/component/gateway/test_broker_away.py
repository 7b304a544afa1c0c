"""A broker that is away is waited for, within bounds (a node of its own, because it is killed)."""

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest

from gateway import multiplexing
from gateway.multiplexing import RpcClient, Unreachable
from ops.private.rabbitmq import PrivateRabbitMQ
from tests.component.gateway.test_multiplexing import Server, payload

NOWHERE = "amqp://nobody@127.0.0.1:1//"


@pytest.fixture
def broker() -> Iterator[PrivateRabbitMQ]:
    with tempfile.TemporaryDirectory(prefix="kaohe-test-", ignore_cleanup_errors=True) as folder:
        node = PrivateRabbitMQ(Path(folder))
        node.start()
        yield node
        node.stop()


def test_what_is_asked_while_the_broker_restarts_is_answered_afterwards(broker):
    client = RpcClient(broker.url, {}, timeout=60)
    server = Server(broker.url, "again")
    assert client.call("again.echo", payload(0), {})["result"]["body"] == 0
    server.stop()
    broker.kill()
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(client.call, "again.echo", payload(n), {}, read=n % 2 == 0) for n in range(6)]
        sleep(1)
        assert not any(one.done() for one in asked)
        broker.start()
        server = Server(broker.url, "again")
        assert [one.result(60)["result"]["body"] for one in asked] == list(range(6))
    server.stop()
    client.close()


def test_a_client_that_starts_before_the_broker_connects_when_it_comes(broker):
    broker.kill()
    client = RpcClient(broker.url, {}, timeout=60)
    assert not client.connected
    broker.start()
    deadline = monotonic() + 60
    while not client.connected:
        assert monotonic() < deadline
    client.close()


def test_without_a_broker_a_call_ends_at_its_deadline():
    client = RpcClient(NOWHERE, {}, timeout=1)
    started = monotonic()
    with pytest.raises(Unreachable):
        client.call("targets.list_units", json.dumps({}), {})
    assert 0.9 < monotonic() - started < 30
    client.close()


def test_only_some_requests_wait_long_so_that_others_can_still_be_told(monkeypatch):
    monkeypatch.setattr(multiplexing, "BRIEFLY", 0.2)
    client = RpcClient(NOWHERE, {}, timeout=4)

    def seconds(_: int) -> float:
        started = monotonic()
        with pytest.raises(Unreachable):
            client.call("targets.list_units", "{}", {})
        return monotonic() - started

    with ThreadPoolExecutor(20) as pool:
        waited = sorted(pool.map(seconds, range(20)))
    assert sum(one < 3.9 for one in waited) == 20 - multiplexing.WAITERS
    client.close()
