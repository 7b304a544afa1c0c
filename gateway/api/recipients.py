"""People outside: one-time tokens as links and QR codes, and the vote that the holder of one casts without an account."""

from typing import Any

from flask import Response, request

from gateway.api.core import leaves_no_trace, public, shown_once
from gateway.api.score_documents import PAPER, pdf
from gateway.files.names import FileName
from gateway.mounting import mounted, taken, view
from gateway.paper.printing import printed
from gateway.rpc import ask
from shared.actor import Actor
from shared.clock import now
from shared.contracts.declarations import recipients as contract

recipients = mounted(contract.recipients)
RECIPIENT = Actor(account="recipient", name="服务对象", bureau="")  # a token votes, not an account


def link(campaign: str, token: str) -> str:
    """Return the public page. The token stands behind #: no browser sends that part to a server, so no log has it."""
    return f"{request.host_url}vote/{campaign}#{token}"


@view(recipients, contract.cast_with_token)
@public
@leaves_no_trace
def cast_with_token(command: dict[str, Any], **path: str) -> dict[str, Any]:
    return ask(contract.cast_with_token, taken(contract.cast_with_token, command, path), actor=RECIPIENT)


@view(recipients, contract.read_questionnaire)
@public
@leaves_no_trace
def read_questionnaire(command: dict[str, Any], **path: str) -> dict[str, Any]:
    return ask(contract.read_questionnaire, taken(contract.read_questionnaire, command, path), actor=RECIPIENT)


@view(recipients, contract.issue_tokens)
@shown_once
def issue_tokens(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    issued = _issued(command, campaign)
    return {**issued, "links": [link(campaign, token) for token in issued["tokens"]]}


@view(recipients, contract.print_tokens, PAPER, content_type="application/pdf")
@shown_once
def print_tokens(command: dict[str, Any], campaign: str) -> tuple[Response, int]:
    issued = _issued(command, campaign)
    links = [link(campaign, token) for token in issued["tokens"]]
    sheet = {"title": issued["title"], "bureau_name": issued["bureau_name"], "links": links}
    return pdf(printed({**sheet, "at": now().isoformat()}, "tokens"), FileName("评价码", "tokens", (campaign,))), 201


def _issued(command: dict[str, Any], campaign: str) -> dict[str, Any]:
    return ask(contract.issue_tokens, taken(contract.issue_tokens, command, {"campaign": campaign}))
