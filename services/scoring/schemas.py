"""What comes in. Every command and query is checked here before a use case sees it."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range

from rules import ROUNDINGS
from services.scoring.domain.frame import CATEGORIES, LAYERS
from shared.errors import Invalid

LARGEST = 10**6  # scores lie in 0..100; more digits than these would only be a burden


def _code(**options: Any) -> fields.String:
    return fields.String(validate=Length(1, 64), **options)


def _number(**options: Any) -> fields.Decimal:
    return fields.Decimal(allow_nan=False, validate=Range(0, LARGEST), **options)


class Body(Schema):
    class Meta:
        unknown = RAISE

    @classmethod
    def read(cls, body: dict[str, Any]) -> dict[str, Any]:
        """The checked body; ``Invalid`` names every field that is wrong."""
        try:
            checked: dict[str, Any] = cls().load(body)
        except ValidationError as error:
            raise Invalid.from_marshmallow(error) from error
        return checked


class PageBody(Body):
    after = fields.String(load_default=None, allow_none=True, validate=Length(1, 2000))
    limit = fields.Integer(load_default=100)


class CycleBody(Body):
    cycle = _code(required=True)


class NewRun(CycleBody):
    """``expected``: the owners' tallies, kind -> {"states", "digest"}."""

    expected = fields.Dict(
        keys=_code(), values=fields.Dict(keys=_code(), values=_code()), load_default=None, allow_none=True
    )


class StandingQuery(PageBody):
    cycle = _code(required=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class StandingSubject(CycleBody):
    subject = _code(required=True)


class RunKey(Body):
    run = _code(required=True)


class JobKey(Body):
    job = _code(required=True)


class Approval(RunKey):
    """``chosen``: layer -> subject -> reason, of those tied at the quota's edge."""

    chosen = fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)),
        values=fields.Dict(keys=_code(), values=fields.String(validate=Length(0, 2000))),
        load_default=dict,
    )


class SelectionQuery(RunKey):
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class SeatsQuery(SelectionQuery):
    draws = fields.Integer(load_default=1000, validate=Range(100, 10_000))
    concentration = fields.Integer(load_default=100, validate=Range(4, 100_000))


class RunsQuery(PageBody):
    cycle = _code(load_default=None, allow_none=True)


class ScoresQuery(PageBody):
    run = _code(required=True)
    layer = fields.String(load_default=None, allow_none=True, validate=OneOf(LAYERS))


class RankingQuery(PageBody):
    run = _code(required=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class ComparisonQuery(PageBody):
    run = _code(required=True)
    against = _code(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=Range(1, 500))


class RunSubject(RunKey):
    subject = _code(required=True)


class Composing(Body):
    cycle = _code(load_default=None, allow_none=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))
    line = _code(load_default=None, allow_none=True)
    categories = fields.Dict(
        keys=fields.String(validate=OneOf(CATEGORIES)), values=_number(allow_none=True), required=True
    )
    components = fields.Dict(keys=_code(), values=_number(allow_none=True), load_default=dict)
    weights = fields.Dict(keys=fields.String(validate=OneOf(CATEGORIES)), values=_number(), load_default=dict)
    composite = fields.Dict(keys=_code(), values=_number(), load_default=dict)
    rounding = fields.String(load_default=None, allow_none=True, validate=OneOf(ROUNDINGS))
