"""The check of answers itself: what does not fit the document is found."""

from typing import Any

import pytest

from tests.support.truth import NotTrue, Truth

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "line": {"type": ["string", "null"], "enum": ["access", None]},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
    },
    "required": ["name"],
}
DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {"Thing": SCHEMA, "Part": {"type": "object", "properties": {"count": {"type": "integer"}}}}
    },
    "paths": {
        "/things/{thing}": {
            "get": {
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                }
            }
        }
    },
}


def test_what_fits_passes() -> None:
    Truth(DOCUMENT).check("GET", "/things/1", 200, {"name": "a", "line": None, "parts": [{"count": 1}]})


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"name": None},
        {"name": "a", "surprise": 1},
        {"name": "a", "line": "elsewhere"},
        {"name": "a", "parts": [{"count": "1"}]},
        {"name": "a", "parts": [{"count": 1, "surprise": 1}]},
    ],
)
def test_what_is_not_described_is_found(answer: dict[str, Any]) -> None:
    with pytest.raises(NotTrue):
        Truth(DOCUMENT).check("GET", "/things/1", 200, answer)


def test_a_status_that_is_not_described_is_found() -> None:
    with pytest.raises(NotTrue):
        Truth(DOCUMENT).check("GET", "/things/{thing}", 201, {"name": "a"})
