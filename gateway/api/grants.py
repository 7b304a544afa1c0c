"""Roles proposed for accounts: listed, confirmed or refused by a second account."""

from typing import Any

from marshmallow import fields

from gateway.api.accounts import GrantProposal
from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text
from gateway.auth import proposals
from gateway.current import by_hand, current_actor
from gateway.parts import parts
from shared.contracts.shapes import listing, needed_text, word
from shared.vocabulary.roles import PROPOSAL_STATES

grants = blueprint(
    "grants", "授权 roles by four eyes: proposed by who keeps accounts, confirmed by the security officer"
)
grants.truthful = True


class ProposalQuery(PageQuery):
    status = word(PROPOSAL_STATES)
    account = text(64)


class Confirmation(Command):
    proposals = batch(fields.UUID())


class Refusal(Confirmation):
    reason = needed_text(1000)


class DecidedProposals(Document):
    items = listing(GrantProposal)


@grants.route("/grant-proposals")
@grants.arguments(ProposalQuery, location="query")
@grants.response(200, paged(GrantProposal))
def list_grant_proposals(query: dict[str, Any]) -> dict[str, Any]:
    """授权申请 roles that wait for a second account's word, and what became of earlier ones"""
    actor = current_actor()
    with parts().database.begin(actor) as session:
        return proposals.list_proposals(session, actor, query, by_hand)


@grants.route("/grant-proposals/confirm", methods=["POST"])
@grants.arguments(Confirmation)
@grants.response(200, DecidedProposals)
def confirm_grants(command: dict[str, Any]) -> dict[str, Any]:
    """确认授权 give the accounts the roles proposed for them, all or none; by a 安全管理员 who did not propose them"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        decided = proposals.confirm(session, actor, _ids(command))
    parts().holders.forget()
    return decided


@grants.route("/grant-proposals/refuse", methods=["POST"])
@grants.arguments(Refusal)
@grants.response(200, DecidedProposals)
def refuse_grants(command: dict[str, Any]) -> dict[str, Any]:
    """拒绝或撤回 refuse what was proposed; whoever proposed it takes it back"""
    actor = by_hand()
    with parts().database.begin(actor) as session:
        return proposals.refuse(session, actor, _ids(command), command["reason"])


def _ids(command: dict[str, Any]) -> list[str]:
    return [str(one) for one in command["proposals"]]
