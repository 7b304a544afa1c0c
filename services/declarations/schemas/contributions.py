"""Commands on contributions."""

from marshmallow import fields, validate

from services.declarations.domain.sharing import MOST
from services.declarations.schemas.fields import (
    Command,
    Exact,
    PageQuery,
    batch,
    code,
    counts,
    needed_text,
    revision,
    text,
)


class Share(Command):
    subject = code(required=True)
    share = Exact(required=True, validate=validate.Range(0, 10**6))


class NewContribution(Command):
    contribution = code()
    revision = revision()
    subject = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    effect = needed_text()
    proof = needed_text()
    evidence = fields.List(text(), load_default=list, validate=validate.Length(max=50))
    shares = fields.List(fields.Nested(Share), load_default=list, validate=validate.Length(max=MOST))
    level = code(allow_none=True)


class DeclareContributions(Command):
    cycle = code(required=True)
    contributions = batch(NewContribution)


class ChosenContribution(Command):
    contribution = code(required=True)
    revision = revision()


class SettledContribution(ChosenContribution):
    counts = counts(allow_none=True)
    shares = fields.List(fields.Nested(Share), allow_none=True, validate=validate.Length(max=MOST))


class AnsweredShare(ChosenContribution):
    subject = code(required=True)
    agree = fields.Boolean(required=True)
    note = text(load_default="")


class AnswerShares(Command):
    cycle = code(required=True)
    contributions = batch(AnsweredShare)


class ScreenContributions(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["pass", "return"]))
    reason = text(load_default="")
    contributions = batch(ChosenContribution)


class Opinion(Command):
    contribution = code(required=True)
    agree = fields.Boolean(allow_none=True)
    recused = fields.Boolean(load_default=False)
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
