"""Each process has an account at the broker that may do what it needs, and nothing else: asked of a real RabbitMQ."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker
from sqlalchemy import make_url

from gateway.multiplexing import EXCHANGE as RPC
from ops.broker.accounts import ACCOUNTS, CALLERS, OPERATOR, user_of
from ops.broker.definitions import definitions
from ops.private.rabbitmq import PrivateRabbitMQ
from shared.events import REGISTRY
from shared.messaging import topology
from shared.migrations import SERVICES

UUID = "0b6e1e2c-7f0f-4d43-9a3e-1f2d3c4b5a69"
QUEUES = sorted({one.name for one in topology.queues(REGISTRY.values())} | {f"rpc-{name}" for name in SERVICES})
Channel = pika.adapters.blocking_connection.BlockingChannel


@pytest.fixture(scope="module")
def connections(
    rabbitmq: PrivateRabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, pika.BlockingConnection]]:
    """A connection of each account to a virtual host that holds what the definitions say."""
    url = make_url(rabbitmq.new_vhost())
    passwords = {name: f"password-of-{name}" for name in ACCOUNTS} | {OPERATOR: str(url.password)}
    file = tmp_path_factory.mktemp("broker") / "definitions.json"
    file.write_text(json.dumps(definitions(passwords, str(url.database))))
    file.chmod(0o644)
    rabbitmq.import_definitions(file)
    urls = {name: url.set(username=user_of(name), password=password) for name, password in passwords.items()}
    opened = {
        name: pika.BlockingConnection(pika.URLParameters(one.render_as_string(hide_password=False)))
        for name, one in urls.items()
    }
    yield opened
    for one in opened.values():
        one.close()


@pytest.fixture
def may(connections: dict[str, pika.BlockingConnection]) -> Callable[..., bool]:
    """Whether an account may do what ``does`` does on a channel."""

    def tried(name: str, does: Callable[[Channel], object]) -> bool:
        channel = connections[name].channel()
        channel.confirm_delivery()
        try:
            does(channel)
        except ChannelClosedByBroker as refused:
            if refused.reply_code != 403:
                raise
            return False
        channel.close()
        return True

    return tried


def publishing(exchange: str, key: str) -> Callable[[Channel], object]:
    return lambda channel: channel.basic_publish(exchange, key, b"[]")


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != OPERATOR])
def test_a_process_takes_from_its_own_queues_only(may: Callable[..., bool], name: str) -> None:
    taken = {queue for queue in QUEUES if may(name, lambda channel, queue=queue: channel.basic_get(queue))}
    consumer = "gateway" if name == "live" else name
    own = (
        {kind.queue(consumer) for kind in REGISTRY.values() if consumer in kind.consumers}
        if name not in ("gateway", "clocks")
        else set()
    )
    assert taken == own | ({f"rpc-{name}"} if name in SERVICES else set())


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != OPERATOR])
def test_a_process_tells_its_own_events_only(may: Callable[..., bool], name: str) -> None:
    events = [f"{owner}.SomethingChanged.v1" for owner in SERVICES]
    told = {event for event in events if may(name, publishing(topology.EVENTS.name, event))}
    assert told == ({f"{name}.SomethingChanged.v1"} & set(events))


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != OPERATOR])
def test_only_the_gateways_ask_and_the_clocks_ask_attendance_only(may: Callable[..., bool], name: str) -> None:
    asked = {one for one in SERVICES if may(name, publishing(RPC, f"{one}.list_units"))}
    assert asked == set(CALLERS.get(name, ()))
    assert may(name, publishing(RPC, UUID)) == (name in SERVICES), "only services answer"


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != OPERATOR])
def test_a_process_reaches_no_queue_past_the_exchanges_and_declares_or_deletes_nothing(
    may: Callable[..., bool], name: str
) -> None:
    """What failed goes back to its own queues, not into another's."""
    assert not may(name, publishing("", "rpc-targets"))
    for exchange in (topology.DEAD, topology.retry_name(1)):
        other = (
            "attendance.AttendanceMonthChanged.v1--scoring"
            if name != "scoring"
            else "targets.UnitChanged.v1--declarations"
        )
        assert not may(name, publishing(exchange, other))
    assert not may(name, lambda channel: channel.queue_declare("mine"))
    assert not may(name, lambda channel: channel.queue_delete(f"rpc-{name}"))
    assert not may(name, lambda channel: channel.exchange_delete(topology.EVENTS.name))
    assert not may(name, lambda channel: channel.queue_bind("rpc-targets", RPC, "targets.*"))


@pytest.mark.parametrize("name", CALLERS)
def test_a_caller_has_its_queue_of_replies(may: Callable[..., bool], name: str) -> None:
    def replied(channel: Channel) -> None:
        channel.queue_declare(f"rpc.reply-gateway-{UUID}", arguments={"x-expires": 60_000})
        channel.queue_bind(f"rpc.reply-gateway-{UUID}", RPC, UUID)
        channel.basic_get(f"rpc.reply-gateway-{UUID}")

    assert may(name, replied)
    assert not may(name, lambda channel: channel.queue_bind(f"rpc.reply-gateway-{UUID}", RPC, "#")), "others' requests"


def test_what_failed_rests_among_the_dead_and_comes_again_where_it_failed(may: Callable[..., bool]) -> None:
    queue = "targets.UnitChanged.v1--scoring"
    for exchange in (topology.DEAD, *(topology.retry_name(delay) for delay in topology.RETRY_DELAYS)):
        assert may("scoring", publishing(exchange, queue))


def test_the_definitions_hold_no_password(tmp_path: Path) -> None:
    told = json.dumps(definitions({name: f"password-of-{name}" for name in ACCOUNTS}))
    assert "password-of" not in told
