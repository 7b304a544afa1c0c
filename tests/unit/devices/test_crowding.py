"""Who asks too much in the name of one clock waits for it; no other clock does."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Event, Semaphore
from typing import Any

import pytest
from flask import Flask

from gateway.devices import asking, crowding, routes

LINE = b"7\t2026-03-04 08:55:01\t255\t1"
PATIENCE = 60  # seconds


class Slow:
    """Stores nothing before it is let; counts what it was asked."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.asked: list[str] = []
        self.full = Event()

    def __call__(self, _service: str, _method: str, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        self.asked.append(body["serial"])
        if len(self.asked) == crowding.MOST:
            self.full.set()
        if body["serial"] == "BUSY":
            assert self.go_on.wait(PATIENCE)
        return {"status": "approved"}


class Trickle(BytesIO):
    """A body that comes slowly: read only once it is let."""

    def __init__(self, begun: Semaphore, go_on: Event) -> None:
        super().__init__(LINE)
        self._begun, self._go_on = begun, go_on

    def readinto(self, buffer: Any) -> int:
        self._begun.release()
        assert self._go_on.wait(PATIENCE)
        return super().readinto(buffer)


def test_bodies_that_come_slowly_take_nobodys_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "call", lambda *_, **__: {"status": "approved"})
    app = Flask("test")
    app.register_blueprint(routes.iclock)
    begun, go_on = Semaphore(0), Event()

    def push(body: BytesIO) -> int:
        asked = {"input_stream": body, "content_length": len(LINE)}
        return app.test_client().post("/iclock/querydata?SN=SLOW&tablename=x", **asked).status_code

    with ThreadPoolExecutor(crowding.MOST) as clocks:
        slow = [clocks.submit(push, Trickle(begun, go_on)) for _ in range(crowding.MOST)]
        assert all(begun.acquire(timeout=PATIENCE) for _ in slow)
        assert push(BytesIO(LINE)) == 200
        go_on.set()
        assert [one.result(PATIENCE) for one in slow] == [200] * crowding.MOST


def test_one_serial_number_takes_no_other_clocks_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow()
    monkeypatch.setattr(asking, "call", slow)
    monkeypatch.setattr(asking._together, "_one", lambda push: slow("attendance", "take_punches", push))
    app = Flask("test")
    app.register_blueprint(routes.iclock)

    def push(serial: str) -> bytes:
        # a table that is stored by a call of its own
        answer = app.test_client().post(f"/iclock/querydata?SN={serial}&tablename=x", data=LINE)
        return answer.data if answer.status_code == 200 else str(answer.status_code).encode()

    with ThreadPoolExecutor(crowding.MOST) as clocks:
        under_way = [clocks.submit(push, "BUSY") for _ in range(crowding.MOST)]
        assert slow.full.wait(PATIENCE)
        assert (push("BUSY"), push("OTHER")) == (b"503", b"OK")
        slow.go_on.set()
        assert [one.result(PATIENCE) for one in under_way] == [b"OK"] * crowding.MOST
    assert push("BUSY") == b"OK"
    assert slow.asked.count("BUSY") == crowding.MOST + 1
