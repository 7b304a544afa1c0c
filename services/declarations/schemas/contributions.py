"""Commands on contributions."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, PageQuery, batch, code, counts, needed_text, revision, text


class NewContribution(Command):
    contribution = code()
    revision = revision()
    subject = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    effect = needed_text()
    proof = needed_text()
    level = code(allow_none=True)


class DeclareContributions(Command):
    cycle = code(required=True)
    contributions = batch(NewContribution)


class ChosenContribution(Command):
    contribution = code(required=True)
    revision = revision()


class SettledContribution(ChosenContribution):
    counts = counts(allow_none=True)


class ScreenContributions(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["pass", "return"]))
    reason = text(load_default="")
    contributions = batch(ChosenContribution)


class Opinion(Command):
    contribution = code(required=True)
    agree = fields.Boolean(required=True)
    note = text(load_default="")


class GiveOpinions(Command):
    cycle = code(required=True)
    opinions = batch(Opinion)


class SettleContributions(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["settle", "reject"]))
    reason = text(load_default="")
    contributions = batch(SettledContribution)


class ContributionQuery(PageQuery):
    period = code()
    unit = code()
    status = code()
    subject = code()
    indicator = code()
