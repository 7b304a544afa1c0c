"""Campaigns of subjective evaluation and their anonymous ballots."""

from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range

from gateway.api.core import (
    Command,
    Document,
    Exact,
    PageQuery,
    batch,
    blueprint,
    leaves_no_trace,
    paged,
    shown_once,
    text,
    whole,
)
from gateway.api.declarations import counts_field
from gateway.rpc import call

campaigns = blueprint("campaigns", "主观评估 campaigns and ballots")


class Dimension(Command):
    dimension = text(100, required=True)
    weight = Exact(required=True, validate=Range(0, 1, min_inclusive=False), metadata={"description": "together 1"})


class RaterGroup(Command):
    group = text(100, required=True)
    weight = Exact(
        allow_none=True,
        validate=Range(0, 1, min_inclusive=False),
        metadata={"description": "of every group or of none; together 1"},
    )
    minimum = whole(0, 2000, metadata={"description": "votes on a subject below which the group does not count for it"})
    raters = fields.List(text(100), validate=Length(max=2000), metadata={"description": "persons"})
    tokens = whole(0, 2000, metadata={"description": "how many one-time tokens to make"})


class NewCampaign(Command):
    indicator = text(100, required=True)
    period = text(100, required=True)
    title = fields.String(validate=Length(max=4000))
    subjects = batch(text(100))
    dimensions = fields.List(
        fields.Nested(Dimension), validate=Length(max=20), metadata={"description": "none: one overall grade"}
    )
    groups = batch(RaterGroup, limit=20)


class NewCampaigns(Command):
    cycle = text(100, required=True)
    campaigns = batch(NewCampaign)


class ClosedCampaigns(Command):
    campaigns = batch(text(100))


class Grades(fields.Field[Any]):
    """One grade, or a grade for each dimension; which, the campaign says."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        given = value.values() if isinstance(value, dict) else [value]
        if not 1 <= len(given) <= 20 or not all(isinstance(one, str) and 1 <= len(one) <= 100 for one in given):
            raise ValidationError("a grade, or an object of dimension and grade")
        return value


class Votes(Command):
    votes = fields.Dict(
        keys=text(100),
        values=Grades(metadata={"description": "a grade, or dimension -> grade"}),
        required=True,
        validate=Length(1, 500),
    )


class NewBallot(Votes):
    campaign = text(100, required=True)


class NewBallots(Command):
    ballots = batch(NewBallot)


class CampaignQuery(PageQuery):
    cycle = text(100, required=True)
    to_vote = fields.Boolean(metadata={"description": "those in which one has still to vote, with their subjects"})
    status = text(100)
    indicator = text(100)
    period = text(100)


class CampaignOutcome(Document):
    campaign = fields.String(required=True)
    revision = fields.Integer(required=True)
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True)
    dimensions = fields.List(fields.Dict(), required=True, metadata={"description": "none: one overall grade"})


class OpenedCampaign(CampaignOutcome):
    tokens = fields.Dict(required=True, metadata={"description": "group -> its one-time tokens; shown this once"})


class OpenedCampaigns(Document):
    campaigns = fields.List(fields.Nested(OpenedCampaign), required=True)


class CampaignOutcomes(Document):
    campaigns = fields.List(fields.Nested(CampaignOutcome), required=True)


class GroupProgress(Document):
    group = fields.String(required=True)
    raters = fields.Integer(required=True)
    voted = fields.Integer(required=True)


class CampaignDocument(CampaignOutcome):
    groups = fields.List(fields.Nested(GroupProgress), required=True)
    subjects = fields.List(fields.String(), required=True, metadata={"description": "filled where one is to vote"})
    names = fields.Dict(required=True, metadata={"description": "subject -> name, of these subjects"})


class SubjectGrades(Document):
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    counts = counts_field(
        required=True, metadata={"description": "grade -> votes, on one scale where weighted; empty until closed"}
    )
    votes = fields.Integer(required=True, metadata={"description": "ballots that count"})
    left_out = fields.List(fields.String(), required=True, metadata={"description": "groups under their minimum"})
    adjusted = Exact(
        required=True, allow_none=True, metadata={"description": "mean coefficient, adjusted for the raters' severity"}
    )
    groups = fields.List(
        fields.Dict(), required=True, metadata={"description": "votes by group; null where too few to be shown apart"}
    )


class CampaignWithGrades(CampaignOutcome):
    rules = fields.List(fields.Dict(), required=True, metadata={"description": "group, weight, minimum"})
    groups = fields.List(fields.Nested(GroupProgress), required=True)
    evaluations = fields.List(fields.Nested(SubjectGrades), required=True)


class CastBallots(Document):
    campaigns = fields.List(fields.String(), required=True)


@campaigns.route("/campaigns", methods=["POST"])
@campaigns.arguments(NewCampaigns)
@campaigns.response(201, OpenedCampaigns)
@shown_once
def open_campaigns(command: dict[str, Any]) -> dict[str, Any]:
    """发起评估 open campaigns, all or none"""
    return call("declarations", "open_campaigns", command)


@campaigns.route("/campaigns")
@campaigns.arguments(CampaignQuery, location="query")
@campaigns.response(200, paged(CampaignDocument))
def list_campaigns(query: dict[str, Any]) -> dict[str, Any]:
    """评估列表 campaigns that one runs or takes part in, with their progress"""
    return call("declarations", "list_campaigns", query, read=True)


@campaigns.route("/campaigns/<campaign>")
@campaigns.response(200, CampaignWithGrades)
def get_campaign(campaign: str) -> dict[str, Any]:
    """评估详情 progress and, once closed, the grades of each subject"""
    return call("declarations", "get_campaign", {"campaign": campaign}, read=True)


@campaigns.route("/campaigns/ballots", methods=["POST"])
@campaigns.arguments(NewBallots)
@campaigns.response(201, CastBallots)
@leaves_no_trace
def cast_ballots(command: dict[str, Any]) -> dict[str, Any]:
    """投票 all one's votes of several campaigns; anonymous, once each"""
    return call("declarations", "cast_ballots", command)


@campaigns.route("/campaigns/<campaign>/ballots", methods=["POST"])
@campaigns.arguments(Votes)
@campaigns.response(201, CastBallots)
@leaves_no_trace
def cast_ballot(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """投票 all one's votes of a campaign; anonymous, once"""
    return call("declarations", "cast_ballots", {"ballots": [{**command, "campaign": campaign}]})


@campaigns.route("/campaigns/close", methods=["POST"])
@campaigns.arguments(ClosedCampaigns)
@campaigns.response(200, CampaignOutcomes)
def close_campaigns(command: dict[str, Any]) -> dict[str, Any]:
    """结束评估 close campaigns and count"""
    return call("declarations", "close_campaigns", command)


@campaigns.route("/campaigns/<campaign>/close", methods=["POST"])
@campaigns.response(200, CampaignOutcomes)
def close_campaign(campaign: str) -> dict[str, Any]:
    """结束评估 close one campaign and count"""
    return call("declarations", "close_campaigns", {"campaigns": [campaign]})
