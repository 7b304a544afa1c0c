"""The small bureau behind the gateway, everybody called by their code and 某, with a store of evidence in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from gateway.auth import usecases
from gateway.files.store import Store
from services.declarations.storage import projections
from shared.actor import Grant, system
from shared.database import Sessions, open_sessions
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import ACTORS, CYCLE, PERSONS, UNITS, B
from tests.support.databases import Databases
from tests.support.over_http import PASSWORD, Wire, app_on


class HttpBureau:
    """``client("PS")`` is logged in with the grants that tests/component/declarations/states.py gives PS."""

    def __init__(self, app: Flask, inner: Bureau, store: Store, accounts: Sessions) -> None:
        self.inner, self.store = inner, store
        self._app, self._accounts = app, accounts
        self._clients: dict[str, FlaskClient] = {}

    def client(self, name: str) -> FlaskClient:
        if name not in self._clients:
            self._clients[name] = self._log_in(name)
        return self._clients[name]

    def _log_in(self, name: str) -> FlaskClient:
        actor = ACTORS[name]
        operator = replace(system(""), grants=(Grant("admin", "installation"),))
        grants = [{"role": one.role, "scope": one.scope, "target": one.target} for one in actor.grants]
        account = {"account": actor.account, "name": name, "bureau": B, "person": actor.person, "grants": grants}
        with self._accounts.begin(operator) as session:
            usecases.create_accounts(session, operator, [{**account, "password": PASSWORD}])
        client = self._app.test_client()
        answer = client.post("/api/v1/sessions", json={"account": actor.account, "password": PASSWORD})
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf"]
        return client

    def upload(self, by: str, name: str, content: bytes) -> Any:
        part = {"file": (BytesIO(content), name)}
        return self.client(by).post(f"/api/v1/evidence?cycle={CYCLE}", data=part, content_type="multipart/form-data")

    def send_back(self, by: str, path: str, book: bytes) -> Any:
        part = {"workbook": (BytesIO(book), "表.xlsx")}
        return self.client(by).post(f"/api/v1/{path}", data=part, content_type="multipart/form-data")

    def get(self, by: str, path: str) -> Any:
        return self.client(by).get(f"/api/v1/{path}")

    def post(self, by: str, path: str, body: dict[str, Any]) -> Any:
        return self.client(by).post(f"/api/v1/{path}", json=body)


def settled_with_names(url: str) -> None:
    """Let the small bureau settle in the database of ``url``, everybody called by their code and 某."""
    with Bureau.on(url) as bureau:
        settle_in(bureau)
        bureau.handle(projections.keep_units, *(replace(one, name=f"{one.unit}某", revision=2) for one in UNITS))
        bureau.handle(projections.keep_persons, *(replace(one, name=f"{one.person}某", revision=2) for one in PERSONS))


@contextmanager
def http_bureau(database: Databases, folder: Path) -> Iterator[HttpBureau]:
    url = database("gateway", "declarations", settled=settled_with_names)
    accounts = open_sessions(url, "gateway")
    with Bureau.on(url) as inner:
        store = Store(str(folder), {})
        yield HttpBureau(app_on(accounts, Wire(inner.service), store=store), inner, store, accounts)
    accounts.engine.dispose()
