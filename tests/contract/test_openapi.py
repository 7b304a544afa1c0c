"""The API's own description of itself: valid, complete, and honest about how it answers."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from gateway.app import create_app
from gateway.multiplexing import RpcClient
from shared.database import open_sessions
from shared.settings import Settings, settings
from tests.support.contracts import operations as promises

NOWHERE = Settings(
    database_url="postgresql+psycopg2://nobody@127.0.0.1:1/none",
    broker_url="amqp://nobody@127.0.0.1:1/none",
    secret="a secret of the tests, 32 characters or more",
)
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """Neither a database nor a broker is needed to ask it about itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "_settings", NOWHERE)
        yield create_app(open_sessions(NOWHERE.database_url, "gateway"), RpcClient(NOWHERE.broker_url, {}, timeout=1))


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    """As a client gets it."""
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    described: dict[str, Any] = answer.get_json()
    return described


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    paths = document["paths"].items()
    return [(method, path, one[method]) for path, one in paths for method in METHODS if method in one]


def test_no_two_views_answer_to_the_same_method_and_path(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    asked = Counter((method, rule.rule) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert [one for one, views in asked.items() if views > 1] == []


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)


@pytest.mark.parametrize(
    "path",
    [
        *("accounts", "sessions", "tokens", "bureaus", "units", "positions", "persons", "cycles", "indicators"),
        *("allocations", "claims", "declarations", "task-orders", "contributions", "campaigns", "vetoes", "to-dos"),
        *("devices", "enrolments", "shifts", "leaves", "corrections", "gatherings", "punches", "attendance-months"),
        *("cases", "case-figures", "standings", "runs"),
    ],
)
def test_every_resource_of_the_design_is_described(document: dict[str, Any], path: str) -> None:
    assert any(known.startswith(f"/api/v1/{path}") for known in document["paths"])


def test_every_operation_has_a_summary(document: dict[str, Any]) -> None:
    for method, path, one in operations(document):
        assert one.get("summary"), f"{method} {path}"


def test_every_operation_describes_its_problems(document: dict[str, Any]) -> None:
    for method, path, one in operations(document):
        described = {*one["responses"]} - {"200", "201", "204"}
        assert described, f"{method} {path}"


def test_every_post_takes_an_idempotency_key(document: dict[str, Any]) -> None:
    for method, path, one in operations(document):
        if method == "post":
            names = [parameter.get("$ref", parameter.get("name")) for parameter in one.get("parameters", [])]
            assert any("Idempotency" in name for name in names), path


def test_no_number_of_the_api_is_a_float(document: dict[str, Any]) -> None:
    def walk(place: str, value: Any) -> None:
        if isinstance(value, dict):
            assert value.get("type") != "number", place
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in entries:
            walk(f"{place}/{key}", inner)

    walk("", document)


def patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from patterns(one)


def test_patterns_are_written_as_every_client_reads_them(document: dict[str, Any]) -> None:
    """ECMA 262 knows no \\A and \\Z, no inline flags, and looks anywhere in the text."""
    found = set(patterns(document))
    assert found
    odd = (r"\A", r"\Z", "(?s)")
    assert [one for one in sorted(found) if not one.startswith("^") or any(sign in one for sign in odd)] == []


def test_every_operation_of_the_contracts_can_be_reached(document: dict[str, Any]) -> None:
    """A family of operations is mounted by naming it in gateway/api."""
    promised = {
        (re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", f"/api/v1{one.path}"), one.method.lower())
        for one in promises()
        if one.path
    }
    there = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert promised - there == set()
