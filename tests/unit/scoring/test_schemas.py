"""What comes in is checked before a use case sees it; every wrong field is named."""

from decimal import Decimal
from typing import Any

import pytest

from services.scoring import schemas
from shared.errors import Invalid


def test_what_is_left_out_has_its_default() -> None:
    assert schemas.StandingQuery.read({"cycle": "2026"}) == {
        "cycle": "2026",
        "layer": "person",
        "after": None,
        "limit": 100,
    }


def test_numbers_come_in_as_exact_decimals() -> None:
    read = schemas.Composing.read({"categories": {"common": "96.5", "additional": None}})
    assert read["categories"] == {"common": Decimal("96.5"), "additional": None}


@pytest.mark.parametrize(
    ("schema", "body", "field"),
    [
        (schemas.CycleBody, {}, "cycle"),
        (schemas.CycleBody, {"cycle": "2026", "more": 1}, "more"),
        (schemas.CycleBody, {"cycle": 2026}, "cycle"),
        (schemas.StandingQuery, {"cycle": "2026", "layer": "bureau"}, "layer"),
        (schemas.RunKey, {"run": "x" * 65}, "run"),
        (schemas.Composing, {"categories": {"common": "NaN"}}, "categories.common.value"),
        (schemas.Composing, {"categories": {"common": "-1"}}, "categories.common.value"),
        (schemas.Composing, {"categories": {"common": "1e99"}}, "categories.common.value"),
        (schemas.Composing, {"categories": {"guess": "1"}}, "categories.guess.key"),
        (schemas.Composing, {"categories": {}, "rounding": "banker"}, "rounding"),
    ],
)
def test_a_wrong_field_is_named(schema: type[schemas.Body], body: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        schema.read(body)
    assert [error["field"] for error in refused.value.errors] == [field]
