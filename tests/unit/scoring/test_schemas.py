"""What comes in is checked before a use case sees it; every wrong field is named."""

from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from shared.contracts.operations import Operation
from shared.contracts.scoring import runs, standings
from shared.errors import Invalid


def test_what_is_left_out_has_its_default() -> None:
    assert standings.list_standing.decode({"cycle": "2026"}) == {
        "cycle": "2026",
        "layer": "person",
        "unit": None,
        "after": None,
        "limit": 100,
    }


def test_numbers_come_in_as_exact_decimals() -> None:
    read = standings.compose_score.decode({"categories": {"common": "96.5", "additional": None}})
    assert read["categories"] == {"common": Decimal("96.5"), "additional": None}


@pytest.mark.parametrize(
    ("operation", "body", "field"),
    [
        (standings.count_facts, {}, "cycle"),
        (standings.count_facts, {"cycle": "2026", "more": 1}, "more"),
        (standings.count_facts, {"cycle": 2026}, "cycle"),
        (standings.list_standing, {"cycle": "2026", "layer": "bureau"}, "layer"),
        (runs.read_run, {"run": "x" * 65}, "run"),
        (standings.compose_score, {"categories": {"common": "NaN"}}, "categories.common"),
        (standings.compose_score, {"categories": {"common": "-1"}}, "categories.common"),
        (standings.compose_score, {"categories": {"common": "1e99"}}, "categories.common"),
        (standings.compose_score, {"categories": {"common": "101"}}, "categories.common"),
        (standings.compose_score, {"categories": {"guess": "1"}}, "categories.guess.key"),
        (standings.compose_score, {"categories": {}, "rounding": "banker"}, "rounding"),
    ],
)
def test_a_wrong_field_is_named(operation: Operation, body: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        operation.decode(body)
    assert [error["field"] for error in Invalid.from_marshmallow(refused.value).errors] == [field]
