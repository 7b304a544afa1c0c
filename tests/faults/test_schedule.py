"""The seeded schedule on the deployment (docs/decisions/1740): one short round, in which every kind of fault comes once."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest

from ops.private.ports import free_ports
from tests.faults.schedule import KINDS, schedule

ROOT = Path(__file__).parents[2]
NAMES = [f"process-{number}" for number in range(12)]
SILENCE = 0.5  # seconds in which nothing may come


@pytest.mark.timeout(1800)
def test_what_was_acknowledged_under_every_kind_of_fault_is_there_once_and_what_is_missing_is_found() -> None:
    short = [
        "--faults",
        str(len(KINDS)),
        "--longest",
        "1.5",
        "--between",
        "0.2",
        "--size",
        "24",
        "--seed",
        "1740",
        "--prove",
    ]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.faults", *short],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"1 x {kind}" in done.stdout for kind in KINDS), done.stdout


def test_a_seed_brings_the_same_faults_again_each_kind_first_once_and_nobody_twice_before_all() -> None:
    lines = [f"{name}/{server}" for name in NAMES for server in ("broker", "database")]
    first, again, other = (list(islice(schedule(seed, NAMES, lines, 20.0), 300)) for seed in (1, 1, 2))
    assert first == again != other
    assert {one.kind for one in first[: len(KINDS)]} == set(KINDS)
    killed = [one.victim for one in first if one.kind == "process killed"]
    assert set(killed[: len(NAMES)]) == set(NAMES)


class Connected:
    def __init__(self, relay: "subprocess.Popen[str]", port: int) -> None:
        self._relay = relay
        self._port = port
        self._wires: list[socket.socket] = []
        self.wire = self.again()

    def again(self) -> socket.socket:
        wire = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._wires.append(wire)
        return wire

    def close(self) -> None:
        for wire in self._wires:
            wire.close()

    def let(self, how: str) -> None:
        assert self._relay.stdin
        assert self._relay.stdout
        self._relay.stdin.write(f"{how} one\n")
        self._relay.stdin.flush()
        assert self._relay.stdout.readline() == "done\n"

    def echoed(self, wire: socket.socket) -> bytes:
        wire.sendall(b"said")
        return wire.recv(100)


@pytest.fixture
def connected() -> Iterator[Connected]:
    """To a server that says again what it hears, through the relay."""
    command = [sys.executable, "-m", "tests.faults.relay"]
    with (
        _echoing() as target,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as relay,
    ):
        (port,) = free_ports(1)
        assert relay.stdin
        assert relay.stdout
        relay.stdin.write(f"open one {port} {target}\n")
        relay.stdin.flush()
        assert relay.stdout.readline() == "done\n"
        with closing(Connected(relay, port)) as connected:
            yield connected
        relay.stdin.close()


@contextmanager
def _echoing() -> Iterator[int]:
    def serve() -> None:
        while True:
            try:
                wire, _ = server.accept()
            except OSError:
                return
            Thread(target=_echo, args=(wire,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def _echo(wire: socket.socket) -> None:
    with wire, suppress(ConnectionError):
        while data := wire.recv(100):
            wire.sendall(data)


def test_the_relay_passes_on_what_is_said_late_where_it_delays(connected: Connected) -> None:
    assert connected.echoed(connected.wire) == b"said"
    connected.let("delay")
    assert connected.echoed(connected.wire) == b"said"


def test_in_a_black_hole_nothing_is_heard_and_afterwards_everything(connected: Connected) -> None:
    connected.let("hole")
    fresh = connected.again()
    for wire in (connected.wire, fresh):
        wire.sendall(b"said")
        wire.settimeout(SILENCE)
        with pytest.raises(TimeoutError):
            wire.recv(100)
        wire.settimeout(60)
    connected.let("pass")
    assert [wire.recv(100) for wire in (connected.wire, fresh)] == [b"said", b"said"]


def test_a_cut_connection_is_reset_and_so_are_new_ones_until_it_passes_again(connected: Connected) -> None:
    assert connected.echoed(connected.wire) == b"said"
    connected.let("cut")
    with pytest.raises(ConnectionError):
        connected.echoed(connected.wire)
    with pytest.raises(ConnectionError):  # at the latest when it says something
        connected.echoed(connected.again())
    connected.let("pass")
    assert connected.echoed(connected.again()) == b"said"
