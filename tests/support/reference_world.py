"""The reference bureau with 30 people and its cycle open, every service behind the gateway, no broker."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.auth import usecases
from ops.demo.reference import sheet
from ops.demo.staff import staff as demo_staff
from shared.actor import Grant, system
from shared.database import Sessions, open_sessions
from tests.support.databases import Databases
from tests.support.direct_services import DirectServices, present
from tests.support.somebody import somebody
from tests.support.truth import hold_to_the_truth
from tests.support.undrawn import undrawn

PASSWORD = "correct horse battery"
BUREAU = "B00"
EVERYTHING = (
    "staff:own", "unit_head:unit:D01", "assessor:unit:D10", "hr:bureau", "panel:bureau", "leader:bureau", "office:bureau",
    "complaints_centre:bureau", "devices:bureau", "auditor:bureau",
)  # fmt: skip


class ReferenceWorld:
    def __init__(self, app: Flask, accounts: Sessions, services: DirectServices) -> None:
        self.app, self.services = app, services
        self._accounts = accounts

    def url(self) -> str:
        """Return the address of the database of all rooms."""
        address: str = self._accounts.engine.url.render_as_string(hide_password=False)
        return address

    def trails(self) -> dict[str, int]:
        """Count the lines of each service's trail: what was changed, and what was looked at."""
        counted = "SELECT count(*) FROM {}.audit"
        with self._accounts.engine.connect() as connection:
            return {name: connection.exec_driver_sql(counted.format(name)).scalar_one() for name in present()}

    def log_in(self, name: str, *roles: str, person: str | None = None, bureau: str = BUREAU) -> FlaskClient:
        """Return a client of a new account with ``roles`` ("unit_head:unit:D01"), sending its CSRF token by itself."""
        grants = [dict(zip(("role", "scope", "target"), one.split(":"), strict=False)) for one in roles]
        person = somebody(person, name, (grant["role"] for grant in grants))
        wanted = {"account": name, "name": name, "bureau": bureau, "person": person, "password": PASSWORD}
        operator = replace(system(""), grants=(Grant("admin", "installation"),))
        with self._accounts.begin(operator) as session:
            usecases.create_accounts(session, operator, [{**wanted, "grants": grants}])
        client: FlaskClient = self.app.test_client()
        answer = client.post("/api/v1/sessions", json={"account": name, "password": PASSWORD})
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.get_json()["csrf"]
        return client


@contextmanager
def reference_world(database: Databases, *, truthful: bool = False, draws: bool = True) -> Iterator[ReferenceWorld]:
    """``truthful``: answers are held against their documents. ``draws``: papers are drawn, as ever."""
    url = database("gateway", *present())
    services = DirectServices(url)
    accounts = open_sessions(url, "gateway")
    app = create_app(accounts, services)  # type: ignore[arg-type]
    if truthful:
        hold_to_the_truth(app)
    world = ReferenceWorld(app, accounts, services)
    root = world.log_in("root", "admin:installation", bureau="")
    _ok(root.post("/api/v1/bureaus", json={"bureau": BUREAU, "name": "滨河"}))
    _settle(world.log_in("all", *EVERYTHING, person="P0001"), services)
    try:
        with nullcontext() if draws else undrawn():
            yield world
    finally:
        services.close()
        accounts.engine.dispose()


def _settle(client: FlaskClient, services: DirectServices) -> None:
    people = demo_staff(30)
    units = {one.unit for one in people} | {BUREAU, "K01"}
    _upload(client, "organisation/import", units, "organisation", "positions")
    persons = [
        {"person": one.code, "name": one.name, "unit": one.unit, "position": one.position, "starts": "2026-01-01"}
        for one in people
    ]
    _ok(client.post("/api/v1/persons", json={"persons": persons}))
    _ok(client.post("/api/v1/cycles", json={"cycle": "2026"}))
    _upload(client, "cycles/2026/library/import", units, "indicators", "models", "composite", "machine_figures")
    _ok(client.post("/api/v1/cycles/2026/library/publish"))
    _ok(client.post("/api/v1/cycles/2026/open"))
    services.deliver()


def _upload(client: FlaskClient, path: str, units: set[str], *names: str) -> None:
    parts = {name: (BytesIO(sheet(name, units)), f"{name}.csv") for name in names}
    answer = client.post(f"/api/v1/{path}", data=parts)
    _ok(answer)
    assert answer.get_json()["errors"] == []


def _ok(answer: Any) -> None:
    assert answer.status_code in (200, 201), answer.text
