"""People outside: one-time tokens as links and QR codes, and the vote that the holder of one casts without an account."""

from typing import Any

from flask import Response, request
from marshmallow import fields

from gateway.api.campaigns import CampaignOutcome, CastBallots, Votes
from gateway.api.core import Command, Document, blueprint, leaves_no_trace, public, shown_once, text, whole
from gateway.api.score_documents import PAPER, pdf
from gateway.paper.printing import printed
from gateway.rpc import call
from shared.actor import Actor
from shared.clock import now

recipients = blueprint("recipients", "服务对象评价 votes by one-time token")
RECIPIENT = Actor(account="recipient", name="服务对象", bureau="")  # a token votes, not an account


class TokenVotes(Votes):
    token = text(100, required=True, load_only=True)


class TokenHolder(Command):
    token = text(100, required=True, load_only=True)


class NewTokens(Command):
    group = text(100, required=True)
    number = whole(1, 500, required=True)


class QuestionnaireDocument(Document):
    campaign = fields.String(required=True)
    title = fields.String(required=True)
    dimensions = fields.List(fields.String(), required=True, metadata={"description": "none: one overall grade"})
    grades = fields.List(fields.String(), required=True)
    subjects = fields.List(fields.Dict(), required=True, metadata={"description": "subject, name"})


class TokensDocument(CampaignOutcome):
    group = fields.String(required=True)
    tokens = fields.List(fields.String(), required=True)
    links = fields.List(fields.String(), required=True, metadata={"description": "the page to vote on, one each"})


def link(campaign: str, token: str) -> str:
    """The public page. The token stands behind #: no browser sends that part to a server, so no log has it."""
    return f"{request.host_url}vote/{campaign}#{token}"


@recipients.route("/campaigns/<campaign>/token-ballots", methods=["POST"])
@recipients.arguments(TokenVotes)
@recipients.response(201, CastBallots)
@public
@leaves_no_trace
def cast_with_token(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """凭码投票 the vote of a service recipient, by a one-time token, without login"""
    return call("declarations", "cast_with_token", {**command, "campaign": campaign}, actor=RECIPIENT)


@recipients.route("/campaigns/<campaign>/questionnaire", methods=["POST"])
@recipients.arguments(TokenHolder)
@recipients.response(200, QuestionnaireDocument)
@public
@leaves_no_trace
def read_questionnaire(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """评价表 what the holder of a one-time token is asked; the token comes in the body, where no log keeps it"""
    return call("declarations", "read_questionnaire", {**command, "campaign": campaign}, read=True, actor=RECIPIENT)


@recipients.route("/campaigns/<campaign>/tokens", methods=["POST"])
@recipients.arguments(NewTokens)
@recipients.response(201, TokensDocument)
@shown_once
def issue_tokens(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    """加发评价码 one-time tokens and their links, shown this once"""
    issued = call("declarations", "issue_tokens", {**command, "campaign": campaign})
    return {**issued, "links": [link(campaign, token) for token in issued["tokens"]]}


@recipients.route("/campaigns/<campaign>/token-sheets", methods=["POST"])
@recipients.arguments(NewTokens)
@recipients.response(201, PAPER, content_type="application/pdf")
@shown_once
def print_tokens(command: dict[str, Any], campaign: str) -> tuple[Response, int]:
    """打印评价码 new one-time tokens as QR codes to cut out (PDF), printed this once"""
    issued = call("declarations", "issue_tokens", {**command, "campaign": campaign})
    links = [link(campaign, token) for token in issued["tokens"]]
    sheet = {"title": issued["title"], "group": issued["group"], "links": links}
    return pdf(printed({**sheet, "at": now().isoformat()}, "tokens"), f"tokens-{campaign}"), 201
