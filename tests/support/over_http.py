"""A service behind the gateway without a broker: requests pass as the JSON that the broker would carry."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.auth import usecases
from gateway.auth.identify import Holders
from gateway.multiplexing import Unreachable
from gateway.parts import Parts, keep_parts
from shared.actor import Actor, Grant, system
from shared.database import Sessions, open_sessions
from shared.jsontext import dumps, loads
from shared.problems import as_problem
from tests.support.databases import Databases
from tests.support.somebody import somebody
from tests.support.truth import hold_to_the_truth

PASSWORD = "correct horse battery"


class Wire:
    """Stands where the rpc client stands. ``cut`` it, and nothing passes."""

    connected = True

    def __init__(self, service: Any) -> None:
        self._service = service
        self.cut = False

    def call(self, routing_key: str, payload: str, _headers: dict[str, Any], **_: Any) -> dict[str, Any]:
        if self.cut:
            raise Unreachable("cut")
        kwargs = loads(payload)["kwargs"]
        method = getattr(self._service, routing_key.removeprefix(f"{self._service.name}."))
        try:
            result = method(Actor.from_json(kwargs["actor"]), kwargs["body"])
        except Exception as error:
            problem = as_problem(error)
            if problem is None:
                raise
            return {"result": None, "error": {"exc_type": "Problem", "exc_args": [dumps(problem.to_json())]}}
        return {"result": loads(dumps(result)), "error": None}


class World:
    """The gateway's application over one real service, both on a fresh database."""

    def __init__(self, app: Flask, wire: Wire, accounts: Sessions, service: Sessions, bureau: str) -> None:
        self.app, self.wire, self.service = app, wire, service
        self._accounts, self._bureau = accounts, bureau

    def log_in(self, name: str, *roles: str, person: str | None = None, heads: str | None = None) -> FlaskClient:
        """A client logged in as a new account with ``roles``, sending its CSRF token by itself. ``heads``: the unit whose head it is."""
        operator = replace(system(""), grants=(Grant("admin", "installation"),))
        grants = [{"role": role, "scope": "own" if role == "staff" else "bureau"} for role in roles]
        if heads is not None:
            grants.append({"role": "unit_head", "scope": "unit", "target": heads})
        person = somebody(person, name, (grant["role"] for grant in grants))
        account = {"account": name, "name": name, "bureau": self._bureau, "person": person, "grants": grants}
        with self._accounts.begin(operator) as session:
            usecases.create_accounts(session, operator, [{**account, "password": PASSWORD}])
        client = self.app.test_client()
        answer = client.post("/api/v1/sessions", json={"account": name, "password": PASSWORD})
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.get_json()["csrf"]
        return client


@cache
def _app() -> Flask:
    """Built once: describing itself takes a quarter of a second. It gets each test's parts."""
    nowhere = open_sessions("postgresql+psycopg2://nobody@127.0.0.1:1/none", "gateway")
    app = create_app(nowhere, Wire(None))  # type: ignore[arg-type]
    hold_to_the_truth(app)
    return app


def app_on(accounts: Sessions, wire: Any, **more: Any) -> Flask:
    """The gateway's application with these parts, until it is asked for with others."""
    keep_parts(_app(), Parts(accounts, wire, Holders(accounts), **more))
    return _app()


@contextmanager
def world_of(database: Databases, service: Any, bureau: str) -> Iterator[World]:
    url = database("gateway", service.name)
    accounts, own = open_sessions(url, "gateway"), open_sessions(url, service.name)
    service.database = own
    wire = Wire(service)
    try:
        yield World(app_on(accounts, wire), wire, accounts, own, bureau)
    finally:
        accounts.engine.dispose()
        own.engine.dispose()
