"""Commands on campaigns and ballots."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, PageQuery, batch, code, text

RATERS = 2000  # persons, and tokens, of one group


class Group(Command):
    group = code(required=True)
    raters = fields.List(code(), load_default=list, validate=validate.Length(max=RATERS))
    tokens = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, RATERS))


class NewCampaign(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = text(load_default="")
    subjects = batch(code())
    groups = fields.List(fields.Nested(Group), required=True, validate=validate.Length(1, 20))


class OpenCampaigns(Command):
    cycle = code(required=True)
    campaigns = batch(NewCampaign)


class CloseCampaigns(Command):
    campaigns = batch(code())


class Ballot(Command):
    campaign = code(required=True)
    votes = fields.Dict(keys=code(), values=code(), required=True, validate=validate.Length(1, 500))


class CastBallots(Command):
    ballots = batch(Ballot)


class TokenBallot(Ballot):
    token = code(required=True)


class CampaignQuery(PageQuery):
    to_vote = fields.Boolean(load_default=False)
    status = code()
    indicator = code()
    period = code()


class OneCampaign(Command):
    campaign = code(required=True)
