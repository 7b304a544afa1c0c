"""Law 11 for every endpoint: bad input gets a problem document, never a 500, whether the services are there or not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.multiplexing import Unroutable
from gateway.parts import keep_parts
from ops.demo.reference import sheet
from ops.demo.staff import staff as demo_staff
from shared.database import open_sessions
from tests.support.attacks import Attack, attacks
from tests.support.databases import Databases
from tests.support.direct_services import DirectServices, present

# werkzeug leaves the parts of a broken multipart body to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SEED = 20261
EVERYTHING = (
    "staff:own", "unit_head:unit:D01", "assessor:unit:D10", "hr:bureau", "panel:bureau", "leader:bureau", "office:bureau",
    "complaints_centre:bureau", "devices:bureau", "auditor:bureau",
)  # fmt: skip
MEMBERS = {"type", "title", "status", "detail", "code", "zh", "en", "errors", "request_id"}


class Absent:
    """No service ever started."""

    connected = True

    def call(self, *_: Any, **__: Any) -> Any:
        raise Unroutable


def send(client: FlaskClient, attack: Attack) -> Any:
    return client.open(
        attack.path,
        method=attack.method.upper(),
        query_string="&".join(f"{quote(name)}={quote(value)}" for name, value in attack.query.items()),
        headers=attack.headers,
        data=attack.body,
        content_type=attack.content_type,
    )


def check(answer: Any, attack: Attack, *, absent: bool) -> None:
    told = f"{attack}\n-> {answer.status_code} {answer.get_data()[:400]!r}"
    assert answer.status_code < 500 or (absent and answer.status_code == 503), told
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json", told
        assert set(answer.json) == MEMBERS, told


def run(client: FlaskClient, *, of_each: int, absent: bool = False, seed: int = SEED) -> Counter[int]:
    document = client.get("/api/v1/openapi.json").json
    statuses: Counter[int] = Counter()
    for attack in attacks(document, of_each=of_each, seed=seed):
        if attack.path.endswith(("/sessions", "/sessions/current", "/accounts/current/password")):
            continue  # it would throttle, log out or lock out the attacker; tests of their own attack these
        answer = send(client, attack)
        check(answer, attack, absent=absent)
        statuses[answer.status_code] += 1
    return statuses


def test_without_services_bad_input_is_a_4xx_or_a_503(app, log_in, open_account):
    keep_parts(app, replace(app.extensions["kaohe"], rpc=Absent()))
    statuses = run(log_in(open_account("all", *EVERYTHING, bureau="B00", person="P0001")), of_each=15, absent=True)
    assert statuses[503] > 100
    assert statuses[422] > 100


def test_the_log_in_itself_takes_no_harm(app):
    client = app.test_client()
    document = client.get("/api/v1/openapi.json").json
    own = {"paths": {"/api/v1/sessions": document["paths"]["/api/v1/sessions"]}, "components": document["components"]}
    for number, attack in enumerate(attacks(own, of_each=150, seed=SEED)):
        answer = client.open(
            attack.path,
            method="POST",
            data=attack.body,
            content_type=attack.content_type,
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
        )
        check(answer, attack, absent=False)


@pytest.fixture
def world(database: Databases) -> Iterator[tuple[FlaskClient, DirectServices]]:
    """The reference bureau with 30 people and its cycle open, every service behind the gateway."""
    url = database("gateway", *present())
    services = DirectServices(url)
    sessions = open_sessions(url, "gateway")
    app = create_app(sessions, services)  # type: ignore[arg-type]
    root = _logged_in(app, sessions, "root", "", "admin:installation")
    _ok(root.post("/api/v1/bureaus", json={"bureau": "B00", "name": "滨河"}))
    client = _logged_in(app, sessions, "all", "B00", *EVERYTHING)
    _settle(client, services)
    yield client, services
    services.close()
    sessions.engine.dispose()


def test_with_every_service_behind_it_bad_input_is_a_4xx_and_never_a_500(world):
    client, services = world
    statuses = run(client, of_each=25)
    services.deliver()
    assert services.faults == []
    assert statuses[422] > 200
    assert sum(statuses[ok] for ok in (200, 201, 204)) > 100, "too few of them reach anything"


def _logged_in(app: Any, sessions: Any, name: str, bureau: str, *roles: str) -> FlaskClient:
    from gateway.auth import usecases
    from tests.component.gateway.conftest import PASSWORD, operator

    grants = [dict(zip(("role", "scope", "target"), one.split(":"), strict=False)) for one in roles]
    person = "P0001" if bureau else None
    wanted = {"account": name, "name": name, "bureau": bureau, "person": person, "password": PASSWORD, "grants": grants}
    with sessions.begin(operator()) as session:
        usecases.create_accounts(session, operator(), [wanted])
    client: FlaskClient = app.test_client()
    answer = client.post("/api/v1/sessions", json={"account": name, "password": PASSWORD})
    client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf"]
    return client


def _settle(client: FlaskClient, services: DirectServices) -> None:
    people = demo_staff(30)
    units = {one.unit for one in people} | {"B00", "K01"}
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
    assert answer.json["errors"] == []


def _ok(answer: Any) -> None:
    assert answer.status_code in (200, 201), answer.text
