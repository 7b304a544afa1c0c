"""Commands on campaigns and ballots."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.declarations.schemas.fields import Command, Exact, PageQuery, batch, code, text

RATERS = 2000  # persons, and tokens, of one group


def _weight(**options: Any) -> Exact:
    """Four decimals at most, so that weighted votes stay numbers of bearable length."""
    return Exact(validate=[validate.Range(0, 1, min_inclusive=False), _four_decimals], **options)


def _four_decimals(weight: Decimal) -> None:
    if weight != round(weight, 4):
        raise ValidationError("at most four decimals")


class Dimension(Command):
    dimension = code(required=True)
    weight = _weight(required=True)


class Group(Command):
    group = code(required=True)
    weight = _weight(allow_none=True)
    minimum = fields.Integer(strict=True, validate=validate.Range(0, RATERS))
    raters = fields.List(code(), load_default=list, validate=validate.Length(max=RATERS))
    tokens = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, RATERS))


class NewCampaign(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = text(load_default="")
    subjects = batch(code())
    dimensions = fields.List(fields.Nested(Dimension), load_default=list, validate=validate.Length(max=20))
    groups = fields.List(fields.Nested(Group), required=True, validate=validate.Length(1, 20))


class OpenCampaigns(Command):
    cycle = code(required=True)
    campaigns = batch(NewCampaign)


class CloseCampaigns(Command):
    campaigns = batch(code())


class Grades(fields.Field[Any]):
    """One grade, or dimension -> grade."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        given = value if isinstance(value, dict) else {"": value}
        if not 1 <= len(given) <= 20 or not all(isinstance(part, str) and len(part) <= 100 for part in given.values()):
            raise ValidationError("a grade, or a grade for each dimension")
        return value


class Ballot(Command):
    campaign = code(required=True)
    votes = fields.Dict(keys=code(), values=Grades(), required=True, validate=validate.Length(1, 500))


class CastBallots(Command):
    ballots = batch(Ballot)


class TokenBallot(Ballot):
    token = code(required=True)


class TokenHolder(Command):
    campaign = code(required=True)
    token = code(required=True)


class NewTokens(Command):
    campaign = code(required=True)
    group = code(required=True)
    number = fields.Integer(strict=True, required=True, validate=validate.Range(1, RATERS))


class CampaignQuery(PageQuery):
    to_vote = fields.Boolean(load_default=False)
    status = code()
    indicator = code()
    period = code()


class OneCampaign(Command):
    campaign = code(required=True)
