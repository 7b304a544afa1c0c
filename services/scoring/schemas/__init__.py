"""What comes in. Every command and query is checked here before a use case sees it."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from rules import GRADES, ROUNDINGS
from services.scoring.domain.frame import CATEGORIES, LAYERS
from shared.errors import Invalid

LARGEST = 10**6  # scores lie in 0..100; more digits than these would only be a burden


def code(**options: Any) -> fields.String:
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
    cycle = code(required=True)


class NewRun(CycleBody):
    """``expected``: the owners' tallies, kind -> {"states", "digest"}."""

    expected = fields.Dict(
        keys=code(), values=fields.Dict(keys=code(), values=code()), load_default=None, allow_none=True
    )


class StandingQuery(PageBody):
    cycle = code(required=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class StandingSubject(CycleBody):
    subject = code(required=True)


class RunKey(Body):
    run = code(required=True)


class JobKey(Body):
    job = code(required=True)


class Approval(RunKey):
    """``chosen``: layer -> subject -> reason, of those tied at the quota's edge."""

    chosen = fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)),
        values=fields.Dict(keys=code(), values=fields.String(validate=Length(0, 2000))),
        load_default=dict,
    )


class SelectionQuery(RunKey):
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class SeatsQuery(SelectionQuery):
    draws = fields.Integer(load_default=1000, validate=Range(100, 10_000))
    concentration = fields.Integer(load_default=100, validate=Range(4, 100_000))


def _weights() -> fields.Dict:
    return fields.Dict(keys=code(), values=_decimal_text())


def _decimal_text() -> fields.String:
    return fields.String(validate=Regexp(r"\d{1,6}(\.\d{1,6})?$"))


class ChangedIndicator(Body):
    full_points = fields.String(validate=Regexp(r"\d{1,4}(\.\d)?$"))
    rule_params = fields.Dict()
    active = fields.Boolean()


class AddedVeto(Body):
    subject = code(required=True)
    indicator = code()
    reason = fields.String(validate=Length(0, 2000))


class ChangedVetoes(Body):
    """``lift``: codes of vetoes, or of subjects whose vetoes are all lifted."""

    add = fields.List(fields.Nested(AddedVeto), load_default=list, validate=Length(max=500))
    lift = fields.List(code(), load_default=list, validate=Length(max=500))


class ChangedPoints(Body):
    """What a subject would have for an item; ``points`` null: the item does not apply."""

    subject = code(required=True)
    indicator = code(required=True)
    points = fields.String(required=True, allow_none=True, validate=Regexp(r"\d{1,4}(\.\d{1,2})?$"))


class Changes(Body):
    weights = fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)), values=fields.Dict(keys=code(), values=_weights())
    )
    composite = fields.Dict(keys=code(), values=_weights())
    rounding = fields.String(validate=OneOf(ROUNDINGS))
    quota_percent = fields.Integer(strict=True, validate=Range(0, 100))
    tie_chain = fields.List(fields.String(validate=OneOf(CATEGORIES)), validate=Length(max=4))
    grade_values = fields.Dict(keys=fields.String(validate=OneOf(GRADES)), values=_decimal_text())
    indicators = fields.Dict(keys=code(), values=fields.Nested(ChangedIndicator), validate=Length(max=500))
    vetoes = fields.Nested(ChangedVetoes)
    points = fields.List(fields.Nested(ChangedPoints), validate=Length(max=500))


class DesignQuery(Body):
    cycle = code(required=True)
    run = code(load_default=None, allow_none=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class Trying(DesignQuery):
    changes = fields.Nested(Changes, required=True)
    limit = fields.Integer(load_default=100, validate=Range(1, 1000))


class RunsQuery(PageBody):
    cycle = code(load_default=None, allow_none=True)


class ScoresQuery(PageBody):
    run = code(required=True)
    layer = fields.String(load_default=None, allow_none=True, validate=OneOf(LAYERS))


class RankingQuery(PageBody):
    run = code(required=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class ComparisonQuery(PageBody):
    run = code(required=True)
    against = code(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=Range(1, 500))


class RunSubject(RunKey):
    subject = code(required=True)


class Composing(Body):
    cycle = code(load_default=None, allow_none=True)
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))
    line = code(load_default=None, allow_none=True)
    categories = fields.Dict(
        keys=fields.String(validate=OneOf(CATEGORIES)), values=_number(allow_none=True), required=True
    )
    components = fields.Dict(keys=code(), values=_number(allow_none=True), load_default=dict)
    weights = fields.Dict(keys=fields.String(validate=OneOf(CATEGORIES)), values=_number(), load_default=dict)
    composite = fields.Dict(keys=code(), values=_number(), load_default=dict)
    rounding = fields.String(load_default=None, allow_none=True, validate=OneOf(ROUNDINGS))
