"""Ports for private servers."""

import socket


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses now, all different: they are held together while they are chosen."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
