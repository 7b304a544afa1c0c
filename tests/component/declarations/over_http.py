"""The small bureau behind the gateway, with a store of evidence in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from gateway.auth import usecases
from gateway.files.store import Store
from gateway.parts import keep_parts
from services.declarations.service import DeclarationsService
from shared.actor import Grant, system
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import ACTORS, CYCLE, B
from tests.support.databases import Databases
from tests.support.over_http import PASSWORD, World, world_of


class HttpBureau:
    """``client("PS")`` is logged in with the grants that tests/component/declarations/states.py gives PS."""

    def __init__(self, world: World, inner: Bureau, store: Store, accounts: Any) -> None:
        self.world, self.inner, self.store = world, inner, store
        self._accounts, self._clients = accounts, dict[str, FlaskClient]()

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
        client = self.world.app.test_client()
        answer = client.post("/api/v1/sessions", json={"account": actor.account, "password": PASSWORD})
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf"]
        return client

    def upload(self, by: str, name: str, content: bytes) -> Any:
        part = {"file": (BytesIO(content), name)}
        return self.client(by).post(f"/api/v1/evidence?cycle={CYCLE}", data=part, content_type="multipart/form-data")

    def get(self, by: str, path: str) -> Any:
        return self.client(by).get(f"/api/v1/{path}")

    def post(self, by: str, path: str, body: dict[str, Any]) -> Any:
        return self.client(by).post(f"/api/v1/{path}", json=body)


@contextmanager
def http_bureau(database: Databases, folder: Path) -> Iterator[HttpBureau]:
    with world_of(database, DeclarationsService(), B) as world:
        inner = Bureau(world.service)
        settle_in(inner)
        store = Store(str(folder), {})
        parts = replace(world.app.extensions["kaohe"], store=store)
        keep_parts(world.app, parts)
        yield HttpBureau(world, inner, store, parts.database)
