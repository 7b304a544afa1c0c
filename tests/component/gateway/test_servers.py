"""The servers that carry the application, gunicorn and eventlet, each as a process of its own: what they refuse by themselves."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.private.ports import free_ports
from tests.support.composition import ROOT
from tests.support.holding import HALF_HEADER, Held, held, many

NOWHERE = {
    "KAOHE_DATABASE_URL": "postgresql+psycopg2://nobody@127.0.0.1:1/none",
    "KAOHE_BROKER_URL": "amqp://nobody@127.0.0.1:1/none",
    "KAOHE_RPC_KEYS": f"1:{'k' * 32}",
    "KAOHE_SECRET": "a secret of the tests, 32 characters or more",
}
EMBEDDED = """
import eventlet
eventlet.monkey_patch()
from gateway.app import create_app
from ops.embedded_gateway import serve
from shared.settings import settings
serve(eventlet.listen(("127.0.0.1", int(settings.port)), backlog=200), create_app())
"""
COMMANDS = {"gunicorn": ["-m", "ops.cli", "gateway", "--threads", "4"], "eventlet": ["-W", "ignore", "-c", EMBEDDED]}


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Neither has a database or a broker: what is refused here needs none."""
    yield from _serving(COMMANDS[request.param], tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    yield from _serving(COMMANDS["eventlet"], tmp_path_factory.mktemp("embedded"))


def _serving(command: list[str], folder: Path) -> Iterator[int]:
    (chosen,) = free_ports(1)
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(folder), "PYTHONPATH": str(ROOT), **NOWHERE}
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, *command],
            env={**environment, "KAOHE_PORT": str(chosen)},
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 120
        while not _answers(chosen):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield chosen
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _answers(port: int) -> bool:
    try:
        return ask(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[0] == 200
    except OSError:
        return False


def ask(port: int, sent: bytes, source: str = "127.0.0.1") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the one answer to ``sent``."""
    with socket.create_connection(("127.0.0.1", port), 60, (source, 0)) as connection:
        connection.sendall(sent)
        whole = b""
        while part := connection.recv(65536):
            whole += part
    head, _, body = whole.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    pairs = (line.partition(": ")[::2] for line in lines)
    return int(first.split()[1]), {name.lower(): value for name, value in pairs}, body


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (414, b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
        (431, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"x" * 70_000 + b"\r\n\r\n"),
        (400, b"GET /healthz HTTP/nonsense\r\nHost: x\r\n\r\n"),
        (413, b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3_000_000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_as_a_problem(port: int, status: int, sent: bytes) -> None:
    answered, headers, body = ask(port, sent)
    assert answered == status
    assert headers["content-type"] == "application/problem+json"
    document = json.loads(body)
    assert document["status"] == status
    assert {"code", "zh", "en", "errors", "request_id", "title", "detail", "type", "status"} == set(document)


HALF_PUSH = b"POST /iclock/cdata?SN=CKJ1&table=ATTLOG HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 30\r\n\r\n1\t2026-03-04 08:50"


def test_what_was_cut_off_half_way_is_not_taken_for_the_whole(port: int) -> None:
    """A clock that loses power while it sends "08:50:37" has not told of a punch at 08:50."""
    with socket.create_connection(("127.0.0.1", port), 60) as clock:
        clock.sendall(HALF_PUSH)
        clock.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: clock.recv(65536), b""))
    assert answer.split()[1] == b"400"


def test_more_connections_than_there_are_places_do_not_stop_the_embedded_gateway(embedded: int) -> None:
    """600 idle ones of ten addresses; the longest idle makes room."""
    with held(many(600, lambda number: Held(embedded, f"127.0.5.{number % 10}"))):
        assert _answers(embedded)


def test_one_address_cannot_take_all_places_of_the_embedded_gateway(embedded: int) -> None:
    with held(many(100, lambda _: Held(embedded, "127.0.6.1", HALF_HEADER))):
        with socket.create_connection(("127.0.0.1", embedded), 20, ("127.0.6.1", 0)) as refused:
            refused.settimeout(20)
            assert refused.recv(1) == b""
        assert _answers(embedded)


def test_half_a_header_is_put_off(embedded: int) -> None:
    with Held(embedded, "127.0.6.2", HALF_HEADER).open() as one:
        one.settimeout(120)
        assert one.recv(1) == b""
