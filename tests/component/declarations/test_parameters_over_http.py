"""Every documented parameter of every list is sent once with a valid value, and nothing else is taken."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields
from marshmallow.validate import OneOf

from shared.contracts.operations import Operation
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.support.contracts import operations

LISTS = [one for one in operations() if one.service == "declarations" and one.method == "GET" and not one.parameters]
# of what the head of a station may not ask
ASKERS = {"may_read_trail": "auditor", "check_runs_campaigns": "office", "may_read_leads": "office"}
KNOWN = {
    "cycle": CYCLE,
    "period": "2026-M01",
    "subject": "PS",
    "unit": "S01",
    "indicator": "02-01-01",
    "line": "access",
    "after": None,
}


def values(name: str, field: fields.Field[Any]) -> Iterator[str]:
    """What the parameter may be given: every word of a closed list, else one value that fits."""
    if name in KNOWN:
        yield from filter(None, [KNOWN[name]])
        return
    given = [field.validate] if callable(field.validate) else list(field.validate or ())
    words = next((one.choices for one in given if isinstance(one, OneOf)), None)
    if words is not None:
        yield from map(str, words)
    elif isinstance(field, fields.Boolean):
        yield from ("true", "false")
    elif isinstance(field, fields.Integer):
        yield "3"
    elif isinstance(field, fields.Date):
        yield "2026-02-01"
    else:
        yield "X1"


def asked(operation: Operation) -> Iterator[dict[str, str]]:
    members = operation.request().fields
    needed = {name: next(values(name, one)) for name, one in members.items() if one.required}
    yield needed
    for name, one in members.items():
        for value in values(name, one):
            yield {**needed, name: value}


def test_every_list_takes_what_it_documents(on_http: HttpBureau) -> None:
    refused = []
    for operation in LISTS:
        for query in asked(operation):
            answer = on_http.client(ASKERS.get(operation.may, "HS")).get(f"/api/v1{operation.path}", query_string=query)
            if answer.status_code not in (200, 404):  # of something there is not
                refused.append((operation.path, query, answer.status_code, answer.json.get("errors") or answer.json))
    assert refused == []


@pytest.mark.parametrize(
    "operation", [one for one in LISTS if "status" in one.request().fields], ids=lambda one: one.rpc
)
def test_an_unknown_word_of_a_filter_is_refused(on_http: HttpBureau, operation: Operation) -> None:
    answer = on_http.client("HS").get(f"/api/v1{operation.path}", query_string={"cycle": CYCLE, "status": "finished"})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/status"
