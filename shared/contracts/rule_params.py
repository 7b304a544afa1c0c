"""The parameters of the seven rules, a shape each (data/README.md §二). Which belong to a rule is checked by the rule itself."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.shapes import Document, Either, Exact, described, listing, word

GRADES = ("优", "好", "一般", "可以", "差")
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好"}


class RatioParams(Document):
    cap = Exact(required=True, metadata={"description": "what completion counts for at most, 1.2 for 120 %"})


def _each(description: str) -> Either:
    """The points of one, or of one of each kind."""
    return Either(
        Exact(), fields.Dict(keys=fields.String(), values=Exact()), **described(description, {"required": True})
    )


class DeductParams(Document):
    per = _each("points that each takes off")


class AccumulateParams(Document):
    per = _each("points that each brings")
    cap = Exact(required=True, metadata={"description": "what they bring at most"})


class TierParams(Document):
    direction = word(DIRECTIONS, required=True)
    steps = listing(
        fields.List(Exact(), validate=Length(equal=2)), "limit and share of the full points, the best first"
    )


class GradeParams(Document):
    values = fields.Dict(keys=word(GRADES), values=Exact(), required=True)


class ChecklistParams(Document):
    items = listing(fields.String(), "what is asked for")


class VetoParams(Document):
    """None."""


SHAPES = (RatioParams, DeductParams, AccumulateParams, TierParams, GradeParams, ChecklistParams, VetoParams)


class RuleParams(Either):
    """What a rule is told: one of the seven shapes."""

    default_error_messages = {"invalid": "Not a valid mapping type."}  # noqa: RUF012  # as the library declares it

    def __init__(self, **options: Any) -> None:
        super().__init__(*SHAPES, **options)

    def _deserialize(self, value: Any, *_context: Any, **_options: Any) -> Any:
        if not isinstance(value, Mapping):
            raise self.make_error("invalid")
        return value
