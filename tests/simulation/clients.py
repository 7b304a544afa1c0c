"""Clients that go on until they are answered: whatever changes something carries its Idempotency-Key, again and again (as ops/client.py does)."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from ops.client import PASSING, PASSING_CODES
from shared.jsontext import loads
from tests.simulation.bureau import Bureau
from tests.simulation.fate import Fate
from tests.simulation.lives import DONE_BEFORE, Ask, Life
from tests.simulation.processes import GATEWAY, Processes


class Refused(Exception):
    """A client was told that what has to be possible is not."""


@dataclass
class Client:
    """One life, the request that it waits with, and when that is sent next."""

    life: Life
    ask: Ask
    key: str
    tries: int = 0
    next_at: float = 0.0


class Clients:
    def __init__(self, app: Flask, bureau: Bureau, processes: Processes, lives: list[Life]) -> None:
        self.answered = 0
        self._app, self._bureau, self._processes = app, bureau, processes
        self._fate: Fate = processes.fate
        self._keys = iter(range(1 << 60))
        self.waiting: list[Client] = []
        for life in lives:
            self._go_on(life, None)

    def ready(self) -> list[Client]:
        now = self._processes.clock.seconds
        return [one for one in self.waiting if one.next_at <= now]

    def send(self, client: Client) -> None:
        """Send what ``client`` waits with once; raises ``Killed`` where somebody died of it, ``Refused`` where it may not be."""
        client.tries += 1
        client.next_at = self._processes.clock.seconds + self._fate.random.uniform(0.5, 15)
        with self._processes.acting(GATEWAY):
            response = self.request(client.ask, client.key)
            if self._fate.strikes("the way back to the client breaks"):
                return
        answer = self._understood(client, response)
        if answer is None:
            return
        self.waiting.remove(client)
        self.answered += 1
        self._go_on(client.life, answer)

    def request(self, ask: Ask, key: str = "") -> Any:
        client = self._app.test_client()
        if ask.raw is not None:
            return client.post(ask.path, data=ask.raw)
        session = self._bureau.sessions[ask.by]
        for name, value in session.cookies:
            client.set_cookie(name, value)
        headers = {"X-CSRF-Token": session.csrf}
        if ask.reads:
            return client.get(f"/api/v1/{ask.path}", query_string=ask.query, headers=headers)
        return client.post(f"/api/v1/{ask.path}", json=ask.body, headers={**headers, "Idempotency-Key": key})

    def read(self, by: str, path: str, **query: Any) -> Any:
        """Return what is answered now; for the checker, when nothing goes wrong any more."""
        response = self.request(Ask(by, path, query=query))
        if response.status_code != 200:
            raise Refused(f"GET {path}: {response.text}")
        return response.json

    def _understood(self, client: Client, response: Any) -> Any:
        ask, status = client.ask, response.status_code
        self._fate.note(f"{ask.by} {ask.path} {client.key} {status}")
        return understood(ask, status, response.data)

    def _go_on(self, life: Life, answer: Any) -> None:
        try:
            ask = life.send(answer)
        except StopIteration:
            return
        self.waiting.append(Client(life, ask, f"key-{next(self._keys)}"))


def understood(ask: Ask, status: int, data: bytes) -> Any:
    """Return the answer; None where it has to be asked again. Raises ``Refused`` where what has to be possible is not."""
    if ask.raw is not None:
        if status == 200 and data.startswith(b"OK: %d" % ask.raw.count(b"\n")):
            return DONE_BEFORE
        if status in PASSING:
            return None
        raise Refused(f"clock: {status} {data.decode(errors='replace')}")
    if 200 <= status < 300:
        return loads(data)
    if status in PASSING:
        return None
    code = loads(data).get("code", "")
    if code in PASSING_CODES:
        return None
    if code == ask.done:
        return DONE_BEFORE
    raise Refused(f"{ask.by} {ask.path} {ask.body} {ask.query}: {status} {data.decode(errors='replace')}")
