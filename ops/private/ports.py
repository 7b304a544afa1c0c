"""Ports for private servers."""

import random
import socket

# Below those that Linux gives to clients and to whoever asks for any port: what is killed finds its port again.
OURS = range(20_000, 32_000)

_claims: list[socket.socket] = []


def free_ports(count: int) -> list[int]:
    """Find ports of 127.0.0.1 that nobody uses now, all different, and claimed: until this process ends, no other
    process that asks here is given one of them, even while nobody listens there."""
    return [_free_port() for _ in range(count)]


def _free_port() -> int:
    while True:
        port = random.choice(OURS)
        if _claimed(port) and _unused(port):
            return port


def _claimed(port: int) -> bool:
    """A name in Linux's abstract namespace has one owner and ends with it; there is no file to be left behind."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0kaohe-port-{port}")
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    return True


def _unused(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
