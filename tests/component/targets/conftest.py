"""Targets as their tests find them: a bureau, its library, its open year; and the same behind the gateway."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from gateway.auth import usecases
from services.targets.service import TargetsService
from shared.actor import Actor, Grant, system
from shared.database import open_sessions
from shared.jsontext import dumps, loads
from shared.problems import as_problem
from tests.component.targets.world import STAGES, World, employ, world_on
from tests.support.databases import Databases
from tests.support.over_http import app_on
from tests.support.somebody import somebody


@pytest.fixture
def world(database: Databases, request: pytest.FixtureRequest) -> Iterator[World]:
    """An empty one, or what the fullest of ``STAGES`` that the test names holds: made once and copied."""
    stage = next((STAGES[name] for name in STAGES if name in request.fixturenames), None)
    with world_on(database("targets", settled=stage)) as world:
        yield world


@pytest.fixture
def bureau(world: World) -> World:
    """The reference bureau's organisation, without staff."""
    return world


@pytest.fixture
def take_on(bureau: World) -> Callable[[int], World]:
    """``take_on(60)`` employs that many of the demo's staff."""

    def take(number: int) -> World:
        employ(bureau, number)
        return bureau

    return take


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
