"""What the API says may be asked can be asked: every documented parameter of every GET is sent once with a valid value."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.databases import Databases
from tests.support.reference_world import EVERYTHING, reference_world

REFUSED = (400, 422)
# What a code names in the reference bureau; anything else is made from the schema alone.
KNOWN = {
    "cycle": "2026",
    "indicator": "02-01-01",
    "unit": "D01",
    "line": "access",
    "subject": "P0020",  # of a station
    "person": "P0001",
    "giver": "P0001",
    "taker": "P0002",
    "month": "2026-03",
    "quarter": "2026-Q1",
    "year": "2026",
    "period": "2026-M03",
    "model_revision": "1",
    "generation": "1",
    "form": "json",
    "jurisdiction_id": "B00",
    "service_request_id": "01a22938-ea09-7a5a-97a7-46c63e2a2e83",
    "service_code": "complaint",
    "status": "open",
    "start_date": "2026-03-02T09:00:00+08:00",
    "end_date": "2026-03-02T09:00:00+08:00",
}
# Parameters that mean something only beside another one.
BESIDE = {
    ("/places", "until"): {"since": "2026-01-01"},
    ("/standings/overview", "layer"): {"unit": "D01"},  # of people: whose
    **{
        (f"/runs/{{run}}/report{kind}", name): {"scope": "unit", "target": "D01"}
        for kind in ("", "/pdf", "/docx")
        for name in ("scope", "target")
    },
    **{
        (f"/cycles/{{cycle}}/report-text{kind}", name): {"scope": "unit", "target": "D01"}
        for kind in ("", "/versions")
        for name in ("scope", "target")
    },
}


def of_schema(name: str, schema: Mapping[str, Any]) -> str:
    """A valid value of the parameter ``name``."""
    if choices := [one for one in schema.get("enum", ()) if one is not None]:
        return str(choices[-1])
    kind = schema["type"]
    kinds = [kind] if isinstance(kind, str) else kind
    if "boolean" in kinds:
        return "true"
    if "integer" in kinds:
        return KNOWN.get(name, str(max(schema.get("minimum", 1), 1)))
    return {"date": "2026-03-02", "uuid": "01a22938-ea09-7a5a-97a7-46c63e2a2e83"}.get(
        schema.get("format", ""), KNOWN.get(name, "x")
    )


class Asking:
    """The GET operations of the API with what they take."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._document = client.get("/api/v1/openapi.json").json

    def operations(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for path, methods in self._document["paths"].items():
            if "get" in methods:
                told = [*methods.get("parameters", ()), *methods["get"].get("parameters", ())]
                yield path, [self._resolved(one) for one in told]

    def ask(self, path: str, parameters: list[dict[str, Any]], more: Mapping[str, str]) -> Any:
        query = dict(more)
        for one in parameters:
            value = of_schema(one["name"], one["schema"])
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", quote(value))
            elif one["in"] == "query" and one.get("required"):
                query.setdefault(one["name"], value)
        return self._client.get(path, query_string=query)

    def _resolved(self, parameter: dict[str, Any]) -> dict[str, Any]:
        name = parameter.get("$ref", "").rpartition("/")[2]
        found: dict[str, Any] = self._document["components"]["parameters"][name] if name else parameter
        return found


@pytest.fixture(scope="module")
def asking(cluster, templates):
    with Databases(cluster, templates) as database, reference_world(database, draws=False) as world:
        yield Asking(world.log_in("asking", *EVERYTHING, person="P0020"))


def test_no_documented_parameter_is_refused(asking):
    refused = []
    for path, parameters in asking.operations():
        for one in parameters:
            if one["in"] != "query" or one["name"] == "after":
                continue
            own = {one["name"]: of_schema(one["name"], one["schema"])}
            short = path.removeprefix("/api/v1")
            answer = asking.ask(path, parameters, {**BESIDE.get((short, one["name"]), {}), **own})
            if answer.status_code in REFUSED or answer.status_code >= 500:
                fault = answer.json["errors"][:1] or answer.json["code"]
                refused.append(f"{short} {own}: {answer.status_code} {fault}")
    assert not refused, "\n".join(map(str, refused))


def test_a_second_page_is_given_wherever_there_is_one(asking):
    """`after` is whatever the page before gave as `next`."""
    followed, refused = [], []
    for path, parameters in asking.operations():
        if not {"after", "limit"} <= {one["name"] for one in parameters}:
            continue
        first = asking.ask(path, parameters, {"limit": "1"})
        if first.status_code == 200 and first.json["next"]:
            second = asking.ask(path, parameters, {"limit": "1", "after": first.json["next"]})
            followed.append(path)
            if second.status_code != 200 or second.json["items"] == first.json["items"]:
                refused.append((path, second.status_code))
    assert not refused, "\n".join(map(str, refused))
    assert len(followed) >= 8, followed
