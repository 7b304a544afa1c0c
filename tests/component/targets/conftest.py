"""The targets service on a real database: its entrypoints, called as the gateway calls them."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import ValidationError
from sqlalchemy import text

from gateway.auth import usecases
from ops.demo.staff import staff
from services.targets.service import TargetsService
from shared import events
from shared.actor import Actor, Grant, system
from shared.database import Sessions, open_sessions
from shared.errors import Invalid
from shared.events import event_type
from shared.jsontext import dumps, loads
from shared.problems import as_problem
from tests.support.databases import Databases, Settle
from tests.support.over_http import app_on
from tests.support.somebody import somebody

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
BUREAU = "BH"
CYCLE = "2026"
ADMIN = Actor("root", "root", "", grants=(Grant("admin", "installation"),))
OFFICE = Actor("office", "office", BUREAU, "P0024", grants=(Grant("office", "bureau"), Grant("staff", "own")))


def staff_actor(person: str, *grants: Grant, bureau: str = BUREAU) -> Actor:
    return Actor(person.lower(), person, bureau, person, grants=(Grant("staff", "own"), *grants))


def sheet(name: str) -> bytes:
    return (REFERENCE / f"{name}.csv").read_bytes()


def sheets(*names: str, **changed: bytes) -> dict[str, str]:
    """Sheets as the gateway sends them; ``changed`` ones in place of the reference's."""
    data = {name: sheet(name) for name in names} | changed
    return {name: base64.b64encode(content).decode() for name, content in data.items()}


SETUPS = "04-01-01"  # access, division|station|person, cap 260
ALLOCATION = {"indicator": SETUPS, "unit": "D01", "quantity": "300"}
LIBRARY = ("indicators", "models", "composite", "machine_figures")


@dataclass
class World:
    sessions: Sessions
    service: Any = field(init=False)

    def __post_init__(self) -> None:
        self.service = TargetsService()
        self.service.database = self.sessions

    def call(self, method: str, actor: Actor = OFFICE, /, **body: Any) -> dict[str, Any]:
        """What the entrypoint answers, through JSON both ways as on the wire."""
        try:
            answer = getattr(self.service, method)(actor, loads(dumps(body)))
        except ValidationError as error:
            raise Invalid.from_marshmallow(error) from error  # as the rpc server answers it
        decoded: dict[str, Any] = loads(dumps(answer))
        return decoded

    def pages(self, method: str, actor: Actor = OFFICE, /, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        after = None
        while True:
            page = self.call(method, actor, limit=500, after=after, **query)
            items += page["items"]
            after = page["next"]
            if after is None:
                return items

    def states(self, event: str) -> list[dict[str, Any]]:
        """Every state of the event as it is now that waits in the outbox, oldest first."""
        statement = text("SELECT body FROM targets.outbox WHERE event = :event ORDER BY id")
        name = event_type(getattr(events, event)).wire_name
        with self.sessions.engine.connect() as connection:
            bodies = connection.execute(statement, {"event": name}).scalars().all()
        return [state for body in bodies for state in loads(body)]

    def clear_outbox(self) -> None:
        with self.sessions.engine.begin() as connection:
            connection.execute(text("DELETE FROM targets.outbox"))

    def count(self, table: str) -> int:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(f"SELECT count(*) FROM targets.{table}")).scalar_one()


def _founded(world: World) -> None:
    world.call("create_bureau", ADMIN, bureau=BUREAU, name="滨河分局")
    world.call("import_organisation", sheets=sheets("organisation", "positions"))


def _employ(world: World, number: int) -> None:
    entries = [
        {"person": one.code, "name": one.name, "unit": one.unit, "position": one.position, "starts": "2026-01-01"}
        for one in staff(number)
    ]
    for first in range(0, number, 500):
        world.call("add_persons", persons=entries[first : first + 500])


def _with_a_cycle(world: World) -> None:
    _founded(world)
    world.call("create_cycle", cycle=CYCLE)


def _drafted(world: World) -> None:
    _founded(world)
    _employ(world, 60)
    clerk = {"unit": "D01", "position": "D01-02", "starts": "2026-01-01"}
    world.call("add_persons", persons=[{**clerk, "person": f"P900{n}", "name": f"受理员{n}"} for n in (1, 2, 3)])
    world.call("create_cycle", cycle=CYCLE)
    world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))


def _opened(world: World) -> None:
    _drafted(world)
    world.call("publish_library", cycle=CYCLE)
    world.call("move_cycle", cycle=CYCLE, status="open")


def _pooled(world: World) -> None:
    _opened(world)
    world.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])


def _allocated(world: World) -> None:
    _opened(world)
    world.call("propose_allocations", cycle=CYCLE)
    world.call("set_allocations", cycle=CYCLE, accept_proposals=True)


@contextmanager
def _world_on(url: str) -> Iterator[World]:
    sessions = open_sessions(url, "targets")
    try:
        yield World(sessions)
    finally:
        sessions.engine.dispose()


def _settled(put: Callable[[World], None]) -> Settle:
    def settle(url: str) -> None:
        with _world_on(url) as world:
            put(world)

    return settle


# What a test that asks for a fixture of this name finds in its database, the fullest first.
STAGES = {
    "pool": _settled(_pooled),
    "allocated": _settled(_allocated),
    "opened": _settled(_opened),
    "drafted": _settled(_drafted),
    "draft_cycle": _settled(_with_a_cycle),
    "bureau": _settled(_founded),
}


@pytest.fixture
def world(database: Databases, request: pytest.FixtureRequest) -> Iterator[World]:
    """An empty one, or what the fullest of ``STAGES`` that the test names holds: made once and copied."""
    stage = next((STAGES[name] for name in STAGES if name in request.fixturenames), None)
    with _world_on(database("targets", settled=stage)) as world:
        yield world


@pytest.fixture
def bureau(world: World) -> World:
    """The reference bureau's organisation, without staff."""
    return world


@pytest.fixture
def take_on(bureau: World) -> Callable[[int], World]:
    """``take_on(60)`` employs that many of the demo's staff."""

    def employ(number: int) -> World:
        _employ(bureau, number)
        return bureau

    return employ


@pytest.fixture
def drafted(world: World) -> World:
    """60 of the demo's staff, three more clerks in D01, and the reference library as the draft of 2026."""
    return world


@pytest.fixture
def opened(world: World) -> World:
    """The library published and the cycle open, nothing allocated."""
    return world


@pytest.fixture
def allocated(world: World) -> World:
    """Opened, and all that the machine proposes accepted."""
    return world


@pytest.fixture
def draft_cycle(world: World) -> World:
    """The organisation and a cycle without a library."""
    return world


@pytest.fixture
def pool(world: World) -> World:
    """300 of SETUPS allocated to D01, whose staff have claimed nothing."""
    return world


def clerks(world: World, unit="D01"):
    return [one["person"] for one in world.pages("list_persons", unit=unit)]


def claim(world, actor, target, subject=None, indicator=SETUPS):
    entry = {"indicator": indicator, "subject": subject, "target": target}
    return world.call("claim_indicators", actor, cycle=CYCLE, claims=[entry])["items"][0]


PASSWORD = "correct horse battery"


class Wire:
    """Stands where the rpc client stands, and speaks JSON to the service as the broker would carry it."""

    connected = True

    def __init__(self, service) -> None:
        self._service = service

    def call(self, routing_key, payload, _headers, **_):
        kwargs = loads(payload)["kwargs"]
        method = getattr(self._service, routing_key.removeprefix("targets."))
        try:
            result = method(Actor.from_json(kwargs["actor"]), kwargs["body"])
        except Exception as error:
            problem = as_problem(error)
            if problem is None:
                raise
            return {"result": None, "error": {"exc_type": "Problem", "exc_args": [dumps(problem.to_json())]}}
        return {"result": loads(dumps(result)), "error": None}


@pytest.fixture
def log_in(database):
    url = database("gateway", "targets")
    accounts, targets = open_sessions(url, "gateway"), open_sessions(url, "targets")
    service = TargetsService()
    service.database = targets
    app = app_on(accounts, Wire(service))
    operator = replace(system(""), grants=(Grant("admin", "installation"),))

    def enter(name: str, *grants: dict, bureau: str = "BH", person: str | None = None) -> FlaskClient:
        person = somebody(person, name, (grant["role"] for grant in grants))
        account = {"account": name, "name": name, "bureau": bureau, "person": person, "password": PASSWORD}
        with accounts.begin(operator) as session:
            usecases.create_accounts(session, operator, [{**account, "grants": list(grants)}])
        client = app.test_client()
        answer = client.post("/api/v1/sessions", json={"account": name, "password": PASSWORD})
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf"]
        return client

    yield enter
    accounts.engine.dispose()
    targets.engine.dispose()


@pytest.fixture
def office(log_in) -> FlaskClient:
    root = log_in("root", {"role": "admin", "scope": "installation"}, bureau="")
    assert root.post("/api/v1/bureaus", json={"bureau": "BH", "name": "滨河分局"}).status_code == 201
    return log_in("office", {"role": "office", "scope": "bureau"})
