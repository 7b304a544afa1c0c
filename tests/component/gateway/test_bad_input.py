"""Law 11 for every endpoint: bad input gets a problem document, never a 500, whether the services are there or not."""

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from gateway.multiplexing import Unroutable
from gateway.parts import keep_parts
from tests.support.attacks import Attack, attacks
from tests.support.databases import Databases
from tests.support.reference_world import EVERYTHING, reference_world

# werkzeug leaves the parts of a broken multipart body to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SEED = 20261
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
    statuses = run(log_in(open_account("all", *EVERYTHING, bureau="B00", person="P0001")), of_each=8, absent=True)
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


def test_with_every_service_behind_it_bad_input_is_a_4xx_and_never_a_500(database: Databases):
    with reference_world(database) as world:
        statuses = run(world.log_in("attacker", *EVERYTHING, person="P0001"), of_each=12)
        world.services.deliver()
        assert world.services.faults == []
    assert statuses[422] > 200
    assert sum(statuses[ok] for ok in (200, 201, 204)) > 100, "too few of them reach anything"
