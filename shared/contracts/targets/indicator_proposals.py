"""Proposals to change indicators: 指标修改建议."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, batch, code, paged, word
from shared.contracts.targets.fields import cell, cycle_code, indicator_code, text
from shared.vocabulary.library import PROPOSAL_ACTIONS, PROPOSAL_DECISIONS, PROPOSAL_ORIGINS, PROPOSAL_STATES


class ProposedChange(Command):
    cycle = cycle_code()
    indicator = indicator_code(required=True)
    action = word(PROPOSAL_ACTIONS, load_default="change")
    changes = fields.Dict(
        keys=text(40),
        values=cell(),
        load_default=dict,
        metadata={"description": "the sheet's columns, as in a draft"},
    )
    reason = text(2000, required=True)

    @validates_schema
    def fits_action(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("action") == "remove") == bool(data.get("changes")):
            raise ValidationError("changes go with change and add, and are needed there", "changes")


class IndicatorProposalQuery(PageQuery):
    cycle = cycle_code(required=False, load_default=None, allow_none=True)
    indicator = indicator_code(load_default=None, allow_none=True)
    status = word(PROPOSAL_STATES, load_default=None, allow_none=True)


class ProposalKey(Command):
    proposal = code(required=True)


class ProposalDecision(ProposalKey):
    decision = word(PROPOSAL_DECISIONS, required=True)
    reason = text(2000, required=True)


class ProposalDecisions(Command):
    decisions = batch(ProposalDecision)


class IndicatorProposalDocument(Document):
    proposal = fields.String(required=True)
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    indicator_name = fields.String(required=True, allow_none=True)
    action = word(PROPOSAL_ACTIONS, required=True)
    changes = fields.Dict(keys=fields.String(), values=cell(), required=True)
    reason = fields.String(required=True)
    origin = word(PROPOSAL_ORIGINS, required=True)
    person = fields.String(required=True, allow_none=True)
    person_name = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    status = word(PROPOSAL_STATES, required=True)
    decision = fields.String(required=True, metadata={"description": "the panel's reason"})
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    library_revision = fields.Integer(required=True, allow_none=True, metadata={"description": "that took it in"})
    library_cycle = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "its year, where the proposal's own or a later one did"},
    )
    revision = fields.Integer(required=True)


proposals = Family("targets", "proposals", "指标修改建议 proposals to change indicators, decided by the panel")

propose_indicator_change = proposals.post(
    "/cycles/<cycle>/indicators/<indicator>/proposals",
    "propose_indicator_change",
    ProposedChange,
    IndicatorProposalDocument,
    may="may_propose",
    status=201,
)("提出修改建议 anyone proposes to change, remove or add an indicator")
list_indicator_proposals = proposals.get(
    "/indicator-proposals",
    "list_indicator_proposals",
    IndicatorProposalQuery,
    paged(IndicatorProposalDocument),
    may="may_propose",
)("建议列表 proposals by year, indicator and status")
decide_indicator_proposals = proposals.post(
    "/indicator-proposals/decide",
    "decide_indicator_proposals",
    ProposalDecisions,
    paged(IndicatorProposalDocument),
    may="may_decide_proposals",
)("审定建议 the panel accepts or rejects; what is accepted becomes part of the next revision")
withdraw_indicator_proposal = proposals.post(
    "/indicator-proposals/<proposal>/withdraw",
    "withdraw_indicator_proposal",
    ProposalKey,
    IndicatorProposalDocument,
    may="may_propose",
)("撤回建议 by whoever made it, while it is open")
