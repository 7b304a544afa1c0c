"""Proposals to change indicators: 指标修改建议."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text
from gateway.rpc import call

proposals = blueprint("proposals", "指标修改建议 proposals to change indicators, decided by the panel")


class ProposalBody(Command):
    action = text(10, metadata={"description": "change (the default), remove or add"})
    changes = fields.Dict(
        keys=text(40),
        values=fields.Raw(allow_none=True),
        metadata={"description": "the sheet's columns, as in a draft"},
    )
    reason = text(2000, required=True)


class ProposalQuery(PageQuery):
    cycle = text(4)
    indicator = text(10)
    status = text(20, metadata={"description": "open, accepted, rejected, withdrawn, applied"})


class Decision(Command):
    proposal = text(40, required=True)
    decision = text(10, required=True, metadata={"description": "accepted or rejected"})
    reason = text(2000, required=True)


class Decisions(Command):
    decisions = batch(Decision)


class ProposalDocument(Document):
    proposal = fields.String(required=True)
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    action = fields.String(required=True)
    changes = fields.Dict(keys=fields.String(), required=True)
    reason = fields.String(required=True)
    origin = fields.String(required=True, metadata={"description": "person, or results: from published scores"})
    person = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    status = fields.String(required=True, metadata={"description": "open, accepted, rejected, withdrawn, applied"})
    decision = fields.String(required=True, metadata={"description": "the panel's reason"})
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.DateTime(required=True, allow_none=True)
    library_revision = fields.Integer(required=True, allow_none=True, metadata={"description": "that took it in"})
    library_cycle = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "its year, where the proposal's own or a later one did"},
    )
    revision = fields.Integer(required=True)


@proposals.route("/cycles/<cycle>/indicators/<indicator>/proposals", methods=["POST"])
@proposals.arguments(ProposalBody)
@proposals.response(201, ProposalDocument)
def propose_indicator_change(command: dict[str, Any], cycle: str, indicator: str) -> dict[str, Any]:
    """提出修改建议 anyone proposes to change, remove or add an indicator"""
    return call("targets", "propose_indicator_change", {**command, "cycle": cycle, "indicator": indicator})


@proposals.route("/indicator-proposals")
@proposals.arguments(ProposalQuery, location="query")
@proposals.response(200, paged(ProposalDocument))
def list_indicator_proposals(query: dict[str, Any]) -> dict[str, Any]:
    """建议列表 proposals by year, indicator and status"""
    return call("targets", "list_indicator_proposals", query, read=True)


@proposals.route("/indicator-proposals/decide", methods=["POST"])
@proposals.arguments(Decisions)
@proposals.response(200, paged(ProposalDocument))
def decide_indicator_proposals(command: dict[str, Any]) -> dict[str, Any]:
    """审定建议 the panel accepts or rejects; what is accepted becomes part of the next revision"""
    return call("targets", "decide_indicator_proposals", command)


@proposals.route("/indicator-proposals/<proposal>/withdraw", methods=["POST"])
@proposals.response(200, ProposalDocument)
def withdraw_indicator_proposal(proposal: str) -> dict[str, Any]:
    """撤回建议 by whoever made it, while it is open"""
    return call("targets", "withdraw_indicator_proposal", {"proposal": proposal})
