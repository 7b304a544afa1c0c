import pytest
from marshmallow import Schema, ValidationError, fields

from shared.errors import Conflict, Invalid, Problem


class Row(Schema):
    points = fields.Decimal(required=True)


class Sheet(Schema):
    rows = fields.List(fields.Nested(Row))


def test_a_problem_survives_the_wire_as_its_own_kind() -> None:
    problem = Conflict(
        "claim.exhausted", zh="不足", en="not enough", errors=[{"row": 3, "code": "x", "zh": "", "en": ""}]
    )
    again = Problem.from_json(problem.to_json())
    assert isinstance(again, Conflict)
    assert again.to_json() == problem.to_json()


def test_a_schema_error_names_the_field_by_its_path() -> None:
    with pytest.raises(ValidationError) as caught:
        Sheet().load({"rows": [{"points": "1"}, {"points": "many"}]})
    (entry,) = Invalid.from_marshmallow(caught.value).errors
    assert entry["field"] == "rows.1.points"
