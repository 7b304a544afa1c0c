"""A gateway for clocks whose attendance remembers what it was asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.devices import asking, routes
from shared.actor import Actor
from shared.errors import Unavailable


class Attendance:
    """Stands where the service does and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any], Actor]] = []
        self.down = False
        self.status = "approved"
        self.orders: dict[str, Any] = {}

    def __call__(self, service: str, method: str, body: dict[str, Any], *, actor: Actor, **_: Any) -> dict[str, Any]:
        assert service == "attendance"
        if self.down:
            raise Unavailable("service.absent", zh="不可用", en="away")
        self.calls.append((method, body, actor))
        return self.orders if method == "give_commands" else {"status": self.status}

    def bodies(self, method: str) -> list[dict[str, Any]]:
        return [body for name, body, _ in self.calls if name == method]


@pytest.fixture
def attendance(monkeypatch: pytest.MonkeyPatch) -> Attendance:
    service = Attendance()
    monkeypatch.setattr(asking, "call", service)
    return service


@pytest.fixture
def clock(attendance: Attendance) -> Iterator[FlaskClient]:
    app = Flask("test")
    app.register_blueprint(routes.iclock)
    with app.test_client() as client:
        yield client
