"""Connections that somebody holds open to do harm: nothing sent, half a header, half a body, an answer never read.

What the server closes is opened again, so that ``count`` of them are always held. Each address of 127.0.0.0/8 stands for
another machine.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

HALF_HEADER = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: "
HALF_BODY = b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"x" * 50_000
HALF_PUSH = b"POST /iclock/cdata?SN=HELD&table=ATTLOG HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n1\t2026"
UNREAD = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass(frozen=True)
class Held:
    """One kind of held connection: where to, from which address, what is sent before the silence."""

    port: int
    source: str
    sent: bytes = b""
    tls: bool = False

    def open(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20, source_address=(self.source, 0))
        one = _TRUSTING.wrap_socket(plain, server_hostname="localhost") if self.tls else plain
        if self.sent:
            one.sendall(self.sent)
        return one


class Holding:
    """``count`` of the held connections stand open until ``end``; ``opened`` tells how many it took."""

    def __init__(self, kinds: list[Held]) -> None:
        self._kinds = kinds
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._hold, args=(kind,), daemon=True) for kind in kinds]
        self._standing = threading.Semaphore(0)
        self.opened = 0
        self._lock = threading.Lock()

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()
        for _ in self._threads:
            assert self._standing.acquire(timeout=60), "a connection could not be opened"

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(30)

    def _hold(self, kind: Held) -> None:
        first = True
        while not self._ended.is_set():
            with suppress(OSError), kind.open() as one:
                with self._lock:
                    self.opened += 1
                if first:
                    self._standing.release()
                    first = False
                self._until_closed(one)

    def _until_closed(self, one: socket.socket) -> None:
        """Wait without taking what an unread answer would be."""
        one.settimeout(0.5)
        while not self._ended.is_set():
            try:
                if one.fileno() < 0 or _closed(one):
                    return
            except OSError:
                return
            self._ended.wait(0.5)


def _closed(one: socket.socket) -> bool:
    """Whether the other side has ended the connection; on a plain socket without reading what it sent."""
    if isinstance(one, ssl.SSLSocket):
        return _hung_up(one)
    try:
        return one.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (BlockingIOError, TimeoutError):
        return False


def _hung_up(one: socket.socket) -> bool:
    import select

    poll = select.poll()
    poll.register(one.fileno(), select.POLLRDHUP | select.POLLHUP)
    return bool(poll.poll(0))


@contextmanager
def held(kinds: list[Held]) -> Iterator[Holding]:
    holding = Holding(kinds)
    holding.begin()
    try:
        yield holding
    finally:
        holding.end()


def many(count: int, kind: Callable[[int], Held]) -> list[Held]:
    return [kind(number) for number in range(count)]


_TRUSTING = ssl.create_default_context()
_TRUSTING.check_hostname = False
_TRUSTING.verify_mode = ssl.CERT_NONE
