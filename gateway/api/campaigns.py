"""Campaigns of subjective evaluation and their anonymous ballots."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.core import (
    Command,
    Document,
    PageQuery,
    batch,
    blueprint,
    leaves_no_trace,
    paged,
    public,
    shown_once,
    text,
    whole,
)
from gateway.api.declarations import counts_field
from gateway.rpc import call
from shared.actor import Actor

campaigns = blueprint("campaigns", "主观评估 campaigns and ballots")
RECIPIENT = Actor(account="recipient", name="服务对象", bureau="")  # a token votes, not an account


class RaterGroup(Command):
    group = text(100, required=True)
    raters = fields.List(text(100), validate=Length(max=2000), metadata={"description": "persons"})
    tokens = whole(0, 2000, metadata={"description": "how many one-time tokens to make"})


class NewCampaign(Command):
    indicator = text(100, required=True)
    period = text(100, required=True)
    title = fields.String(validate=Length(max=4000))
    subjects = batch(text(100))
    groups = batch(RaterGroup, limit=20)


class NewCampaigns(Command):
    cycle = text(100, required=True)
    campaigns = batch(NewCampaign)


class ClosedCampaigns(Command):
    campaigns = batch(text(100))


class Votes(Command):
    votes = fields.Dict(keys=text(100), values=text(100), required=True, validate=Length(1, 500))


class NewBallot(Votes):
    campaign = text(100, required=True)


class NewBallots(Command):
    ballots = batch(NewBallot)


class TokenVotes(Votes):
    token = text(100, required=True, load_only=True)


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


class SubjectGrades(Document):
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    counts = counts_field(required=True, metadata={"description": "grade -> votes; empty until closed"})


class CampaignWithGrades(CampaignOutcome):
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


@campaigns.route("/campaigns/<campaign>/token-ballots", methods=["POST"])
@campaigns.arguments(TokenVotes)
@campaigns.response(201, CastBallots)
@public
@leaves_no_trace
def cast_with_token(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """凭码投票 the vote of a service recipient, by a one-time token, without login"""
    return call("declarations", "cast_with_token", {**command, "campaign": campaign}, actor=RECIPIENT)


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
