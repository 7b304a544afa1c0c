"""The rpc client with real threads, against a small server of nameko's wire protocol, on the embedded and on the real broker."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread, active_count
from time import monotonic
from zlib import crc32

import pytest
from kombu import Connection, Exchange, Producer, Queue

import shared.embedded.transport  # noqa: F401  # makes embedded:// known
from gateway.multiplexing import EXCHANGE, InDoubt, NoReply, RpcClient, Unroutable

LONG = 60  # seconds: what is waited for comes much sooner, what does not wait takes less than half


class Server:
    """Answers ``name.method``: echo, silence (never answers), slow (answers when let go)."""

    def __init__(self, url: str, name: str) -> None:
        self.url = url
        self.name, self.seen, self.go, self.stopping = name, [], Event(), Event()
        self.ready = Event()
        self.thread = Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.ready.wait(LONG)

    def run(self) -> None:
        exchange = Exchange(EXCHANGE, type="topic", durable=True)
        queue = Queue(f"rpc-{self.name}", exchange=exchange, routing_key=f"{self.name}.*")
        with Connection(self.url) as connection:
            self.producer = Producer(
                connection.channel()
            )  # first: what lies in the queue already comes with the consumer
            with connection.Consumer([queue], on_message=self.take):
                self.ready.set()
                while not self.stopping.is_set():
                    with suppress(TimeoutError):
                        connection.drain_events(timeout=0.05)

    def take(self, message) -> None:
        message.ack()
        self.seen.append(message)
        method = message.delivery_info["routing_key"].partition(".")[2]
        if method == "silence":
            return
        if method == "slow":
            self.go.wait(LONG)
        result = json.loads(message.body)["kwargs"]
        reply = {"reply_to": message.properties["reply_to"], "correlation_id": message.properties["correlation_id"]}
        target = {"exchange": EXCHANGE, "routing_key": reply["reply_to"], "correlation_id": reply["correlation_id"]}
        self.producer.publish({"result": result, "error": None}, **target)

    def stop(self) -> None:
        self.stopping.set()
        self.go.set()
        self.thread.join(LONG)


@pytest.fixture(scope="module")
def vhost(rabbitmq) -> str:
    """One for all tests here: each has a server of its own name, and making a virtual host takes seconds."""
    return rabbitmq.new_vhost()


@pytest.fixture(params=["embedded", "rabbitmq"])
def url(request) -> str:
    return "embedded://" if request.param == "embedded" else request.getfixturevalue("vhost")


@pytest.fixture
def server(url, request) -> Iterator[Server]:
    server = Server(url, f"s{crc32(request.node.name.encode())}")
    yield server
    server.stop()


@pytest.fixture
def client(url) -> Iterator[RpcClient]:
    client = RpcClient(url, {}, timeout=LONG)
    yield client
    client.close()


def payload(body) -> str:
    return json.dumps({"args": [], "kwargs": {"body": body}})


def test_many_threads_get_each_their_own_reply(client, server):
    def ask(number):
        return client.call(f"{server.name}.echo", payload(number), {})["result"]["body"]

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(ask, range(400))) == list(range(400))


def test_one_reader_thread_and_few_connections_serve_all_calls(client, server):
    client.call(f"{server.name}.echo", payload(0), {})
    threads = active_count()
    for number in range(20):
        client.call(f"{server.name}.echo", payload(number), {})
    assert active_count() == threads
    assert len(client._producers._idle) == 1


def test_a_service_that_never_started_is_told_at_once(client):
    started = monotonic()
    with pytest.raises(Unroutable):
        client.call("nobody.echo", payload(1), {})
    assert monotonic() - started < LONG / 2


def test_after_an_unroutable_call_the_next_one_works(client, server):
    with pytest.raises(Unroutable):
        client.call("nobody.echo", payload(1), {})
    assert client.call(f"{server.name}.echo", payload(2), {})["result"]["body"] == 2


def test_no_answer_ends_at_the_timeout_and_leaves_nothing_behind(client, server):
    started = monotonic()
    with pytest.raises(NoReply):
        client.call(f"{server.name}.silence", payload(1), {}, timeout=0.3)
    assert monotonic() - started < LONG / 2
    assert client._pending == {}


def test_a_reply_that_comes_too_late_harms_nobody(client, server):
    with pytest.raises(NoReply):
        client.call(f"{server.name}.slow", payload("late"), {}, timeout=0.2)
    server.go.set()
    assert client.call(f"{server.name}.echo", payload("next"), {})["result"]["body"] == "next"


def test_requests_are_transient_expire_and_carry_their_headers(client, server):
    client.call(f"{server.name}.echo", payload(1), {"nameko.request_id": "r1"}, timeout=3)
    properties = server.seen[0].properties
    assert properties["delivery_mode"] == 1
    assert 0 < int(properties["expiration"]) <= 3000
    assert server.seen[0].headers == {"nameko.request_id": "r1"}
    assert server.seen[0].content_type == "application/json"


def break_reader(client: RpcClient) -> None:
    """What a lost connection looks like to the reader thread."""
    client._break_reads()


def test_a_read_under_way_is_sent_once_more_when_the_connection_breaks(client, server):
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(client.call, f"{server.name}.slow", payload("r"), {}, read=True)
        wait_for(lambda: server.seen)
        break_reader(client)
        server.go.set()
        assert asked.result(LONG)["result"]["body"] == "r"
    wait_for(lambda: len(server.seen) == 2)


def test_a_write_under_way_is_not_sent_again_and_still_takes_its_reply(client, server):
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(client.call, f"{server.name}.slow", payload("w"), {})
        wait_for(lambda: server.seen)
        break_reader(client)
        server.go.set()
        assert asked.result(LONG)["result"]["body"] == "w"
    assert len(server.seen) == 1


def test_a_write_whose_sending_broke_is_in_doubt_a_read_is_sent_again(client, server, monkeypatch):
    client.call(f"{server.name}.echo", payload(0), {})
    broken = []

    def breaks_once(self, *arguments, **options):
        if not broken:
            broken.append(1)
            raise ConnectionResetError
        return publish(self, *arguments, **options)

    publish = Producer.publish
    monkeypatch.setattr(Producer, "publish", breaks_once)
    with pytest.raises(InDoubt):
        client.call(f"{server.name}.echo", payload(1), {})
    broken.clear()
    assert client.call(f"{server.name}.echo", payload(2), {}, read=True)["result"]["body"] == 2


def wait_for(condition) -> None:
    deadline = monotonic() + LONG
    pause = Event()
    while not condition():
        assert monotonic() < deadline
        pause.wait(0.01)
