"""A small 12315 network behind the gateway, whose clock stands where the test puts it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.files.store import Store
from gateway.parts import parts
from services.complaints.service import ComplaintsService
from services.complaints.usecases import projections
from tests.component.complaints.conftest import BUREAU, Today, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

UNITS = (
    *(("B00", "bureau", "all"), ("C01", "centre", "special_supervision"), ("S01", "station", "all")),
    *(("S02", "station", "all"), ("A01", "association", "association_guidance"), ("K01", "body", "all")),
    ("D09", "division", "supervision_of_platforms_and_of_auctions"),  # a line of the bureau's own
)
PEOPLE = (("P1", "C01"), ("P2", "S01"), ("P3", "S02"), ("P5", "A01"), ("P6", "S01"), ("P8", "S01"))


class Network:
    """The gateway over a small network, whose clock stands where the test puts it."""

    def __init__(self, world: World, today: Today) -> None:
        self.world, self.today = world, today
        self._clients: dict[str, FlaskClient] = {}

    def by(self, name: str, *roles: str, person: str | None = None, heads: str | None = None) -> FlaskClient:
        if name not in self._clients:
            self._clients[name] = self.world.log_in(name, *roles, person=person, heads=heads)
        return self._clients[name]

    @property
    def centre(self) -> FlaskClient:
        return self.by("centre", "complaints_centre")

    def post(self, path: str, body: Any, by: FlaskClient | None = None, *, now: str | None = None) -> Any:
        if now:
            self.today.now = self.today.moment(now)
        return (by or self.centre).post(f"/api/v1/{path}", json=body)

    def register(self, now: str, by: FlaskClient | None = None, **given: Any) -> str:
        plain = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
        answer = self.post("cases", {"cases": [{**plain, **given}]}, by, now=now)
        assert answer.status_code == 201, answer.text
        return str(answer.json["cases"][0]["case"])

    def step(self, case: str, step: str, now: str | None = None, by: FlaskClient | None = None, **given: Any) -> Any:
        return self.post(f"cases/{step}", {"cases": [{"case": case, **given}]}, by, now=now)

    def took(self, case: str, step: str, now: str | None = None, by: FlaskClient | None = None, **given: Any) -> None:
        answer = self.step(case, step, now, by, **given)
        assert answer.status_code == 200, answer.text

    def refused(self, answer: Any, status: int, code: str | None = None) -> None:
        assert answer.status_code == status, answer.text
        assert answer.mimetype == "application/problem+json"
        if code:
            assert code in {answer.json["code"], *(one["code"] for one in answer.json["errors"])}, answer.text

    def show(self, case: str, by: FlaskClient | None = None) -> Any:
        answer = (by or self.centre).get(f"/api/v1/cases/{case}")
        assert answer.status_code == 200, answer.text
        return answer.json

    def clock(self, case: str, name: str) -> Any:
        return [one for one in self.show(case)["deadlines"] if one["name"] == name][-1]


@pytest.fixture
def network(database: Databases, today: Today) -> Iterator[Network]:
    with world_of(database, ComplaintsService(), BUREAU) as world:
        with world.service.begin_handling([cycle("2026", {})]) as session:
            projections.keep_units(session, [unit(*one) for one in UNITS])
            projections.keep_persons(session, [person(code, where, "special_supervision") for code, where in PEOPLE])
            projections.keep_cycles(session, [cycle("2026", {})])
        yield Network(world, today)


@pytest.fixture(autouse=True)
def store(network: Network, tmp_path: Path) -> Store:
    """Where the gateway of who imports this keeps files: a folder of the test's own."""
    kept = Store(str(tmp_path / "files"), {})
    with network.world.app.app_context():
        object.__setattr__(parts(), "store", kept)
    return kept
