"""Who asks too much in the name of one clock waits for it; no other clock does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
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
