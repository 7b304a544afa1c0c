"""Commands on campaigns, ballots and vetoes, and the small queries."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, PageQuery, batch, code, needed_text, revision, text

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


class NewVeto(Command):
    indicator = code(required=True)
    subject = code(required=True)
    reason = needed_text()


class ProposeVetoes(Command):
    cycle = code(required=True)
    vetoes = batch(NewVeto)


class ChosenVeto(Command):
    veto = code(required=True)
    revision = revision()


class DecideVetoes(Command):
    cycle = code(required=True)
    decision = text(load_default="")
    vetoes = batch(ChosenVeto)


class VetoQuery(PageQuery):
    status = code()
    subject = code()
    indicator = code()


class ToDoQuery(Command):
    cycle = code()


class Replay(Command):
    after = text(allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 5000))
