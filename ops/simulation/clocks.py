"""Clocks as they behave: pressed, cut off for a day, replaying their memory, drifting, sending twice, losing power or their battery.

A clock forgets nothing that was not answered as it has to be: it sends the same again, over a socket of its own for each request.
"""

import socket
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ops.simulation.firmware import Firmware, Message, Press
from ops.simulation.obeying import Inside, obey, orders_in, poll

REPLAYED = 62  # presses in a request of a memory that is replayed
PATIENCE = 300.0  # seconds
RESET = datetime(2000, 1, 1)  # noqa: DTZ001  # what a clock shows whose battery was empty: local time, without a zone


class Clock:
    """``drift``: how far it is ahead; ``twice``: every request is sent a second time, as if its answer had been lost."""

    def __init__(
        self, url: str, serial: str, firmware: Firmware, *, drift: timedelta = timedelta(), twice: bool = False
    ) -> None:
        self.serial, self.firmware, self.drift, self.twice = serial, firmware, drift, twice
        self.inside = Inside()
        self.online = True
        self._held: list[Press] = []
        place = urlsplit(url)
        self._host, self._port = place.hostname or "127.0.0.1", place.port or 80

    @property
    def memory(self) -> list[Press]:
        return self.inside.memory

    @memory.setter
    def memory(self, presses: list[Press]) -> None:
        self.inside.memory = presses

    def hello(self) -> None:
        for message in self.firmware.hello(self.serial):
            self._tell(message)

    def press(self, pin: str, at: datetime) -> None:
        """Take a press; told at once where the clock is online."""
        one = Press(pin, at + self.drift)
        self.memory.append(one)
        if self.online:
            self._push([one])
        else:
            self._held.append(one)

    def go_dark(self, pin: str, at: datetime) -> None:
        """Lose power in the midst of telling a press, half of whose request has left; it is held back until there is power again."""
        self.online = False
        self.press(pin, at)
        request = self._request(self.firmware.push(self.serial, self._held[-1:]))
        with self._connected() as wire:
            wire.sendall(request[: -len(request) // 8])
            wire.shutdown(socket.SHUT_WR)
            _heard(wire)

    def lose_power(self, at: datetime) -> None:
        """Forget the time: show the day of its making from ``at`` on, and whatever passes after it."""
        self.drift = RESET - at

    def come_back(self) -> None:
        """Tell in one go what was held back."""
        self.online, held = True, self._held
        self._held = []
        for start in range(0, len(held), self.firmware.most):
            self._push(held[start : start + self.firmware.most])

    def poll(self) -> list[str]:
        """Ask once what to do, and do it; returns what it was told."""
        if not self.firmware.polls:
            return []
        done = list(orders_in(self._tell(poll(self.serial, self.inside), "gb18030")))
        for order in done:
            for message in obey(self.firmware, self.serial, order, self.inside):
                for _ in range(2 if self.twice else 1):
                    self._tell(message)
        return [text for _, text in done]

    def replay(self) -> None:
        """Tell the whole memory again, as after a reset."""
        at_once = min(REPLAYED, self.firmware.most)
        for start in range(0, len(self.memory), at_once):
            self._push(self.memory[start : start + at_once])

    def _push(self, presses: Sequence[Press]) -> None:
        for _ in range(2 if self.twice else 1):
            self._tell(self.firmware.push(self.serial, presses))

    def _tell(self, message: Message, encoding: str = "utf-8") -> str:
        """Send until the answer is as it has to be; returns it."""
        deadline, heard = time.monotonic() + PATIENCE, "nothing"
        while time.monotonic() < deadline:
            try:
                heard = self._ask(message, encoding)
            except OSError as error:
                heard = str(error)
            if heard.startswith(message.answer) and not heard.startswith("HTTP/"):
                return heard
            time.sleep(0.5)
        raise TimeoutError(f"the clock {self.serial} was not answered: {heard[:100]}")

    def _ask(self, message: Message, encoding: str) -> str:
        """Return the body of the answer where it is 200, else its first line."""
        with self._connected() as wire:
            wire.sendall(self._request(message))
            answer = _heard(wire)
        told, _, body = answer.partition(b"\r\n\r\n")
        first = told.split(b"\r\n")[0].decode("latin-1")
        return body.decode(encoding, "replace") if " 200 " in f"{first} " else first

    def _connected(self) -> socket.socket:
        return socket.create_connection((self._host, self._port), timeout=PATIENCE)

    def _request(self, message: Message) -> bytes:
        lines = [f"{message.method} {message.path} HTTP/{'1.0' if message.http10 else '1.1'}"]
        lines += [f"Host: {self._host}:{self._port}", f"Content-Length: {len(message.body)}", "Connection: close"]
        lines += [f"Content-Type: {message.content_type}"] if message.content_type else []
        head = "".join(f"{line}\r\n" for line in lines) + "\r\n"
        return head.encode() + message.body


def _heard(wire: socket.socket) -> bytes:
    return b"".join(iter(lambda: wire.recv(65536), b""))
