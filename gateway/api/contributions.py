"""Contributions: declared, screened, given opinions, settled by the panel."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.rpc import call

contributions = blueprint("contributions", "贡献 contributions")


class Share(Command):
    subject = text(100, required=True)
    share = Exact(required=True, metadata={"description": "in proportion to the others': 1 and 2, or 0.5 and 0.5"})


class NewContribution(Command):
    contribution = text(100, metadata={"description": "a returned one that is put forward again"})
    revision = whole(1)
    subject = text(100, required=True)
    indicator = text(100, required=True)
    period = text(100, required=True)
    title = text(4000, required=True)
    effect = text(4000, required=True)
    proof = text(4000, required=True)
    evidence = fields.List(text(4000), validate=Length(max=50))
    shares = fields.List(
        fields.Nested(Share),
        validate=Length(max=50),
        metadata={"description": "of an achievement of several, the subject's own among them"},
    )
    level = text(100, allow_none=True, metadata={"description": "a key of the indicator's `per`, where it has some"})


class NewContributions(Command):
    cycle = text(100, required=True)
    contributions = batch(NewContribution)


class ChosenContribution(Command):
    contribution = text(100, required=True)
    revision = whole(1)


class Screening(Command):
    cycle = text(100, required=True)
    decision = fields.String(required=True, validate=OneOf(["pass", "return"]))
    reason = fields.String(validate=Length(max=4000))
    contributions = batch(ChosenContribution)


class NewOpinion(Command):
    contribution = text(100, required=True)
    agree = fields.Boolean(allow_none=True)
    recused = fields.Boolean(metadata={"description": "instead of an opinion, with a note: counts in no quorum"})
    note = fields.String(validate=Length(max=4000))


class NewOpinions(Command):
    cycle = text(100, required=True)
    opinions = batch(NewOpinion)


class SettledContribution(ChosenContribution):
    counts = counts_field(allow_none=True, metadata={"description": "what stands; by default what was claimed"})
    shares = fields.List(
        fields.Nested(Share),
        allow_none=True,
        validate=Length(max=50),
        metadata={"description": "the panel's own, where not everybody agreed to those proposed"},
    )


class ShareAnswer(ChosenContribution):
    subject = text(100, required=True, metadata={"description": "the partner"})
    agree = fields.Boolean(required=True)
    note = fields.String(validate=Length(max=4000))


class ShareAnswers(Command):
    cycle = text(100, required=True)
    contributions = batch(ShareAnswer)


class Settlement(Command):
    cycle = text(100, required=True)
    decision = fields.String(required=True, validate=OneOf(["settle", "reject"]))
    reason = fields.String(validate=Length(max=4000))
    contributions = batch(SettledContribution)


class ContributionQuery(PageQuery):
    cycle = text(100, required=True)
    period = text(100)
    unit = text(100)
    status = text(100)
    subject = text(100)
    indicator = text(100)


class ContributionOutcome(Document):
    contribution = fields.String(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "declared, screened, settled, rejected, returned"})
    title = fields.String(required=True)
    shares = fields.List(fields.Dict(), required=True, metadata={"description": "subject, share, agreed, note"})
    part_of = fields.String(
        required=True, allow_none=True, metadata={"description": "of a partner's part: where it was declared"}
    )
    same_as = fields.List(
        fields.Dict(), required=True, metadata={"description": "same or similar titles, with `likeness` in percent"}
    )
    claimed = counts_field(required=True)
    counts = counts_field(required=True)


class ContributionOutcomes(Document):
    contributions = fields.List(fields.Nested(ContributionOutcome), required=True)


class OpinionDocument(Document):
    contribution = fields.String()
    member = fields.String(required=True)
    agree = fields.Boolean(required=True, metadata={"description": "of no meaning where recused"})
    recused = fields.Boolean(required=True)
    note = fields.String(required=True)


class OpinionOutcomes(Document):
    opinions = fields.List(fields.Nested(OpinionDocument), required=True)


class ContributionDocument(ContributionOutcome):
    cycle = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    effect = fields.String(required=True)
    proof = fields.String(required=True)
    reason = fields.String(required=True)
    declared_by = fields.String(required=True)
    screened_by = fields.String(required=True, allow_none=True)
    settled_by = fields.String(required=True, allow_none=True)
    evidence = fields.List(fields.String(), required=True)
    worth = Exact(required=True, metadata={"description": "points of this one by the rule"})
    year = Exact(required=True, metadata={"description": "points of all that is settled for its subject and item"})
    cap = Exact(required=True, metadata={"description": "the most that the item gives in the year"})
    opinions = fields.List(fields.Nested(OpinionDocument), required=True, metadata={"description": "for the panel"})


@contributions.route("/contributions", methods=["POST"])
@contributions.arguments(NewContributions)
@contributions.response(201, ContributionOutcomes)
def declare_contributions(command: dict[str, Any]) -> dict[str, Any]:
    """贡献申报 declare contributions, all or none"""
    return call("declarations", "declare_contributions", command)


@contributions.route("/contributions")
@contributions.arguments(ContributionQuery, location="query")
@contributions.response(200, paged(ContributionDocument))
def list_contributions(query: dict[str, Any]) -> dict[str, Any]:
    """贡献列表 contributions that one may see; `same_as` points out what was declared twice"""
    return call("declarations", "list_contributions", query, read=True)


@contributions.route("/contributions/screen", methods=["POST"])
@contributions.arguments(Screening)
@contributions.response(200, ContributionOutcomes)
def screen_contributions(command: dict[str, Any]) -> dict[str, Any]:
    """初审 the head passes or returns a list"""
    return call("declarations", "screen_contributions", command)


@contributions.route("/contributions/shares", methods=["POST"])
@contributions.arguments(ShareAnswers)
@contributions.response(200, ContributionOutcomes)
def answer_shares(command: dict[str, Any]) -> dict[str, Any]:
    """合作者答复 partners agree to their shares, or object"""
    return call("declarations", "answer_shares", command)


@contributions.route("/contributions/opinions", methods=["POST"])
@contributions.arguments(NewOpinions)
@contributions.response(201, OpinionOutcomes)
def give_opinions(command: dict[str, Any]) -> dict[str, Any]:
    """小组意见 a member's opinions, one on each"""
    return call("declarations", "give_opinions", command)


@contributions.route("/contributions/settle", methods=["POST"])
@contributions.arguments(Settlement)
@contributions.response(200, ContributionOutcomes)
def settle_contributions(command: dict[str, Any]) -> dict[str, Any]:
    """核定 the panel settles or rejects a list"""
    return call("declarations", "settle_contributions", command)
