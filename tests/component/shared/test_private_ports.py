"""Two test workers start servers at the same time: neither takes the other's ports."""

import socket
import subprocess
import sys

import pytest

from ops.private import ports
from tests.support.composition import ROOT

PROGRAM = """
from ops.private import ports
ports.OURS = range(20_000, 20_040)
print(*ports.free_ports(15), flush=True)
input()
"""


def test_ports_are_given_once_even_while_nobody_listens_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "OURS", range(20_000, 20_040))
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        theirs = set(map(int, other.stdout.readline().split()))
        ours = ports.free_ports(15)
        other.communicate("\n")
    assert len(theirs) == len(set(ours)) == 15
    assert not theirs & set(ours)


def test_a_port_in_use_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    (busy, free) = ports.free_ports(2)
    for claim in ports._claims[-2:]:
        claim.close()
    monkeypatch.setattr(ports, "OURS", [busy, busy, busy, free])
    with socket.socket() as server:
        server.bind(("127.0.0.1", busy))
        assert ports.free_ports(1) == [free]
