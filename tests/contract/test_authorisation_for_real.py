"""The printed matrix against the system itself: every look at something, by an account of every role and by one of another bureau.

What the matrix grants to a role from nowhere is never answered; what it grants bureau-wide is never refused for want of a right.
"""

import re
from collections import Counter
from collections.abc import Iterator
from inspect import signature
from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import fields

from ops.authorisation.matrix import Row, matrix, operations, rules
from ops.authorisation.stand_ins import RELATIONS, kinds
from shared.contracts.operations import Operation
from tests.support.databases import Databases
from tests.support.reference_world import ReferenceWorld, reference_world

UNIT, LINE, PERSON, ELSEWHERE = "S01", "access", "P0020", "T77"
INSTALLATION = ("admin", "security", "auditor")  # their accounts are of no bureau
KINDS = [kind for kind in kinds() if kind[1] != "installation"]
LOOKS = [one for one in operations() if one.method == "GET" and one.path and one.may != "operator"]
KNOWN = {
    "cycle": "2026",
    "month": "2026-01",
    "year": "2026",
    "period": "2026-M01",
    "person": PERSON,
    "subject": PERSON,
    "unit": UNIT,
    "indicator": "02-01-01",
    "layer": "person",
    "form": "review",
    "kind": "declaration",
    "format": "csv",
    "on": "2026-03-02",
    "since": "2026-03-01",
    "until": "2026-03-31",
}
NOBODYS = "01a229f0-1761-77b8-8adc-f63d5d8f1025"


def address(one: Operation) -> str:
    path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: str(KNOWN.get(found[1], NOBODYS)), one.path)
    wanted = {name: field for name, field in one.request().fields.items() if name not in one.inside}
    query = {name: KNOWN.get(name, _some(field)) for name, field in wanted.items() if field.required}
    return f"/api/v1{path}?" + "&".join(f"{name}={value}" for name, value in query.items())


def _some(field: Any) -> str:
    choices = getattr(field.validate, "choices", None)
    return str(choices[0]) if choices else "1" if isinstance(field, fields.Integer) else NOBODYS


@pytest.fixture(scope="module")
def world(cluster: str, templates: Any) -> Iterator[ReferenceWorld]:
    with Databases(cluster, templates) as database, reference_world(database, draws=False) as world:
        root = world.log_in("second-root", "admin:installation", bureau="")
        assert root.post("/api/v1/bureaus", json={"bureau": ELSEWHERE, "name": "别处"}).status_code == 201
        yield world


def _asks_who_alone(one: Operation) -> bool:
    """Whether the rule is about nobody in particular."""
    return list(signature(rules(one.service)[one.may]).parameters) == ["actor"]


def client_of(world: ReferenceWorld, kind: tuple[str, str], bureau: str = "B00") -> FlaskClient:
    role, scope = kind
    if scope == "installation":
        return world.log_in(f"all-{role}", f"{role}:installation", bureau="")
    target = {"unit": f":{UNIT}", "line": f":{LINE}"}.get(scope, "")
    name = f"{bureau}-{role}-{scope}".lower()
    return world.log_in(name, f"{role}:{scope}{target}", person=PERSON, bureau=bureau)


def rows_of(one: Operation, rows: list[Row]) -> list[Row]:
    return [row for row in rows if (row.service, row.permission) == (one.service, one.may)]


def test_what_the_matrix_grants_from_nowhere_is_never_shown_and_what_it_grants_to_all_is_never_refused(
    world: ReferenceWorld,
) -> None:
    rows, outcomes = matrix(LOOKS), Counter[str]()
    for kind in KINDS:
        client = client_of(world, kind)
        for one in LOOKS:
            if one.may == "anyone":
                continue
            cells = [row.cells[kind].relations for row in rows_of(one, rows)]
            status = client.get(address(one)).status_code
            told = f"{kind} {one.service}.{one.rpc} {address(one)} {status}"
            assert status < 500, told
            if not any(cells):
                assert status >= 400, told
            if _asks_who_alone(one) and cells[0] == RELATIONS:
                assert status != 403, told
            outcomes["shown" if status < 300 else "refused" if status == 403 else "nothing there"] += 1
    assert outcomes["shown"] > 100 and outcomes["refused"] > 100, outcomes
    assert not world.services.faults


def test_another_bureau_shows_nothing_of_this_one(world: ReferenceWorld) -> None:
    """No answer there, nor to who keeps the installation, names anybody or any unit of here, though the codes asked for are the same."""
    here = world.log_in("here", "office:bureau", person="P0024")
    kept = [one["name"] for path in ("persons", "units") for one in here.get(f"/api/v1/{path}?limit=500").json["items"]]
    assert len(kept) > 30
    shown = 0
    elsewhere = (("staff", "own"), ("unit_head", "unit"), ("office", "bureau"), ("auditor", "bureau"))
    for kind in (*elsewhere, *((role, "installation") for role in INSTALLATION)):
        client = client_of(world, kind, ELSEWHERE)
        for one in LOOKS:
            if kind == ("auditor", "installation") and one.rpc == "list_trail":
                continue  # an auditor of the installation reads the trails of all
            answer = client.get(address(one))
            assert answer.status_code < 500
            if answer.status_code == 200 and answer.is_json:
                shown += 1
                assert [name for name in kept if name in answer.text] == [], f"{kind} {address(one)}"
    assert shown > 100
    assert not world.services.faults
