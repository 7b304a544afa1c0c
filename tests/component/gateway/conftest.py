"""The gateway's application on a real database, its services played by ``services``."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.auth import usecases
from gateway.auth.identify import Holders
from gateway.channels.taking import take_notices
from gateway.parts import Parts, keep_parts
from shared.actor import Actor, Grant, system
from shared.clock import today
from shared.database import Sessions, open_sessions
from shared.events import NoticeGiven
from shared.ids import new_id
from shared.jsontext import loads
from tests.support.databases import Databases
from tests.support.openid import BACK, OpenIdProvider
from tests.support.truth import hold_to_the_truth

PASSWORD = "correct horse battery"
# Of operations behind which no service stands.
OWN_FAMILIES = (
    "channels",
    "live",
    "accounts",
    "demonstration",
    "grants",
    "oidc",
    "personal",
    "running",
    "second_factors",
    "sessions",
    "tokens",
    "words",
)
NOT_THERE = ("NOBODY", "NOUNIT", "NOLINE")


class FakeServices:
    """Stands where the rpc client stands: answers what it is told to, and keeps what it was asked."""

    connected = True

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"targets.find_codes": organisation}

    def call(self, routing_key: str, payload: str, headers: dict[str, Any], **_: Any) -> dict[str, Any]:
        kwargs = loads(payload)["kwargs"]
        self.calls.append((routing_key, {**kwargs, "headers": headers}))
        return self.answers[routing_key](kwargs["body"])


def organisation(asked: dict[str, Any]) -> dict[str, Any]:
    """The bureau has whatever is asked for, but for the person NOBODY, the unit NOUNIT and the line noline."""
    there = {
        name: [one for one in asked[name] if one.upper() not in NOT_THERE] for name in ("persons", "units", "lines")
    }
    return {"result": {"bureau": True, **there}}


@pytest.fixture
def sessions(database: Databases) -> Iterator[Sessions]:
    opened = open_sessions(database("gateway"), "gateway")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture(scope="session")
def built_app() -> Flask:
    """Built once: its OpenAPI document takes a quarter of a second. ``app`` gives it this test's database and services."""
    built = create_app(open_sessions("postgresql+psycopg2://nobody@127.0.0.1:1/none", "gateway"), FakeServices())  # type: ignore[arg-type]
    hold_to_the_truth(built, *OWN_FAMILIES)  # what the services say here is invented
    return built


@pytest.fixture
def app(built_app: Flask, sessions: Sessions, services: FakeServices) -> Flask:
    keep_parts(built_app, Parts(sessions, services, Holders(sessions)))  # type: ignore[arg-type]
    return built_app


def operator() -> Actor:
    """Who may make any account."""
    return replace(system(""), grants=(Grant("admin", "installation"),))


@pytest.fixture
def open_account(sessions: Sessions) -> Callable[..., str]:
    """``open_account("zhang", "office:bureau")`` creates an account of bureau BJ and returns its name."""

    def create(name: str, *roles: str, bureau: str = "BJ", person: str | None = None) -> str:
        grants = [dict(zip(("role", "scope", "target"), role.split(":"), strict=False)) for role in roles]
        wanted = {
            "account": name,
            "name": name,
            "bureau": bureau,
            "person": person,
            "password": PASSWORD,
            "grants": grants,
        }
        with sessions.begin(operator()) as session:
            usecases.create_accounts(session, operator(), [wanted])
        return name

    return create


class Page(FlaskClient):
    """Sends the CSRF token of the moment, as the console's page does."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().open(*args, **kwargs)
        if "X-CSRF-Token" in answer.headers:
            self.environ_base["HTTP_X_CSRF_TOKEN"] = answer.headers["X-CSRF-Token"]
        return answer


@pytest.fixture
def log_in(app: Flask) -> Callable[[str], FlaskClient]:
    """A client logged in as an account, sending its CSRF token by itself."""

    def enter(name: str, password: str = PASSWORD) -> FlaskClient:
        client = Page(app, app.response_class)
        answer = client.post("/api/v1/sessions", json={"account": name, "password": password})
        assert answer.status_code == 201, answer.text
        return client

    return enter


@pytest.fixture(scope="module")
def openid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdProvider]:
    """A real OpenID provider in a process of its own."""
    running = OpenIdProvider(tmp_path_factory.mktemp("openid"), BACK)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def admin(open_account: Callable[..., str], log_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return log_in(open_account("root", "admin:installation", bureau=""))


@pytest.fixture
def office(open_account: Callable[..., str], log_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return log_in(open_account("office", "office:bureau"))


@pytest.fixture
def security(open_account: Callable[..., str], log_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return log_in(open_account("security", "security:installation", bureau=""))


@pytest.fixture
def staff(open_account: Callable[..., str], log_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return log_in(open_account("staff", "staff:own", person="P0001"))


@pytest.fixture
def give(sessions) -> Callable[..., None]:
    """Give somebody of the bureau a notice, as declarations tells it."""

    def given(*persons: str, address: str = "") -> None:
        notice = NoticeGiven(
            bureau="BJ",
            notice=new_id(),
            revision=1,
            cycle="2026",
            address=address or f"person:{persons[0]}",
            persons=list(persons),
            kind="returned",
            count=1,
            given_on=today(),
            link="/declare",
            by="P0009",
        )
        with sessions.begin_handling([notice]) as session:
            take_notices(session, [notice])

    return given
