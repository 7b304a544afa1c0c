import uuid
from decimal import Decimal

import pytest

from shared.ids import new_id
from shared.jsontext import canonical, dumps


def test_ids_are_version_7_and_do_not_repeat() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {uuid.UUID(one).version for one in ids} == {7}
    assert {uuid.UUID(one).variant for one in ids} == {uuid.RFC_4122}


def test_a_decimal_is_written_as_it_stands() -> None:
    assert dumps({"points": Decimal("4.50"), "many": Decimal("1E+3")}) == '{"points":"4.50","many":"1000"}'


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": [Decimal("1.0")]}) == canonical({"a": [Decimal("1.0")], "b": 1})


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"points": float("nan")})
