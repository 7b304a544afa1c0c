"""Every parameter that is documented of what is read of declaring works: each is sent once, with a value that it allows."""

import base64
from typing import Any
from urllib.parse import quote

import pytest
from marshmallow import fields
from marshmallow.validate import OneOf

from shared.contracts.declarations import (
    clearing,
    declarations,
    delegations,
    due,
    evidence,
    forms,
    late_consents,
    lateness,
    notices,
    timetables,
    to_dos,
)
from shared.contracts.operations import Operation
from shared.jsontext import dumps
from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE

FAMILIES = (
    declarations.declarations,
    clearing.clearing,
    due.due,
    timetables.timetables,
    late_consents.late_consents,
    lateness.lateness,
    delegations.delegations,
    notices.notices,
    to_dos.to_dos,
    evidence.evidence,
    forms.forms,
)
READ = [one for family in FAMILIES for one in family.operations if one.method == "GET" and "uuid" not in one.path]
VALUES = {
    "cycle": CYCLE,
    "period": "2026-M01",
    "subject": "PS",
    "unit": "S01",
    "indicator": "01-01-01",
    "form": "review",
}
CURSORS: dict[str, list[Any]] = {"list_mine": ["2026-M01", ""], "list_lateness": ["", 1, ""]}


def cursor(operation: Operation) -> str:
    return base64.urlsafe_b64encode(dumps(CURSORS.get(operation.rpc, [""])).encode()).decode().rstrip("=")


def value(operation: Operation, name: str, field: fields.Field[Any], declared: str) -> str:
    if name == "after":
        return cursor(operation)
    if name in ("declaration", "aggregate"):
        return declared
    if name in VALUES:
        return VALUES[name]
    if isinstance(field, fields.Boolean):
        return "true"
    if isinstance(field, fields.Integer):
        return "1"
    validators = field.validators
    choices = [one.choices for one in validators if isinstance(one, OneOf)]
    return str(next(iter(choices[0]))) if choices else "D10"


@pytest.mark.parametrize("operation", READ, ids=lambda one: one.rpc)
def test_each_parameter_is_understood(on_http: HttpBureau, operation: Operation) -> None:
    (one,) = on_http.inner.declare("PS", ratio())
    members = operation.request().fields
    given = {name: value(operation, name, field, one["declaration"]) for name, field in members.items()}
    needed = {name for name, field in members.items() if field.required}
    path = operation.path
    for name in operation.parameters:
        path = "".join(
            given[name] if part.endswith(f"{name}>") else part
            for part in path.replace("<", "\n<").replace(">", ">\n").split("\n")
        )
    for name in [*(name for name in members if name not in operation.parameters), ""]:
        asked = {other: given[other] for other in {*needed, *([name] if name else [])} - set(operation.parameters)}
        query = "&".join(f"{key}={quote(text)}" for key, text in asked.items())
        answer = on_http.get("office", f"{path.removeprefix('/')}?{query}")
        assert answer.status_code == 200, (name, answer.json)
