"""Allocations and claims: 分解、认领."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.core import LIMIT, Command, Document, Exact, PageQuery, batch, blueprint, paged, text
from gateway.rpc import call

claims = blueprint("claims", "分解与认领 allocations and claims")


class AllocationBody(Command):
    indicator = text(10, required=True)
    unit = text(20, required=True)
    quantity = Exact(required=True)


class AllocationsBody(Command):
    allocations = fields.List(fields.Nested(AllocationBody), validate=Length(1, LIMIT))
    accept_proposals = fields.Boolean(metadata={"description": "all units' as proposed, instead of naming them"})


class AllocationQuery(PageQuery):
    cycle = text(4, required=True)
    indicator = text(10)
    unit = text(20)


class ProposalQuery(AllocationQuery):
    subject = text(20)


class ShortageDocument(Document):
    indicator = fields.String(required=True)
    target = Exact(required=True)
    missing = Exact(required=True, metadata={"description": "what nobody can take on within the limits"})
    kind = fields.String(required=True, metadata={"description": "nobody, caps, ceilings, remainder"})
    unit = fields.String(required=True, allow_none=True, metadata={"description": "where only one unit cannot"})


class ProposedDocument(Document):
    indicators = fields.Integer(required=True)
    units = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    shortages = fields.List(fields.Nested(ShortageDocument), required=True)


class SetDocument(Document):
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class AllocationDocument(Document):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = Exact(required=True)
    revision = fields.Integer(required=True)


class ProposalDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = Exact(required=True)
    fair = Exact(required=True, allow_none=True, metadata={"description": "pro rata, before limits and rounding"})
    bound = fields.String(required=True, allow_none=True, metadata={"description": "cap, floor, ceiling"})


class ClaimKey(Command):
    indicator = text(10, required=True)
    subject = text(20, allow_none=True, metadata={"description": "unit or person; oneself where absent"})


class ReleasedClaim(ClaimKey):
    quantity = Exact(allow_none=True, metadata={"description": "a part of the claim; all of it where absent"})


class NewClaim(ClaimKey):
    target = Exact(allow_none=True, metadata={"description": "the quantity; only for items that have one"})


class NewClaims(Command):
    cycle = text(4, required=True)
    claims = batch(NewClaim)


class ReleasedClaims(Command):
    cycle = text(4, required=True)
    claims = batch(ReleasedClaim)


class Acceptance(Command):
    cycle = text(4, required=True)
    scope = text(10, metadata={"description": "own (default), unit or bureau"})
    unit = text(20, allow_none=True)
    natures = fields.List(text(20), metadata={"description": "also items without a quantity: routine, non_routine …"})


class ClaimQuery(AllocationQuery):
    subject = text(20)
    layer = text(10)
    status = text(10)


class BalanceQuery(PageQuery):
    cycle = text(4, required=True)
    unit = text(20)


class ClaimDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "whose allocation it draws on"})
    target = Exact(required=True, allow_none=True)
    days = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "of the cycle that the quantity is meant for; null: all of it"},
    )
    status = fields.String(required=True, metadata={"description": "claimed, released"})
    revision = fields.Integer(required=True)


class ClaimList(Document):
    items = fields.List(fields.Nested(ClaimDocument), required=True)


class SkippedDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class AcceptedDocument(Document):
    claimed = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(SkippedDocument), required=True)


class BalanceDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    line = fields.String(required=True)
    layers = fields.List(fields.String(), required=True)
    measure_unit = fields.String(required=True)
    target = Exact(required=True, metadata={"description": "the bureau's"})
    allocated = Exact(required=True)
    claimed_by_units = Exact(required=True)
    claimed_by_persons = Exact(required=True)
    excess = Exact(required=True, metadata={"description": "leave to claim beyond the units' shares"})
    unallocated = Exact(required=True)
    unclaimed = Exact(required=True)
    over_claimed = Exact(required=True)
    stranded = Exact(required=True, metadata={"description": "claimed by people who are no longer there"})


@claims.route("/cycles/<cycle>/allocations/propose", methods=["POST"])
@claims.response(200, ProposedDocument)
def propose_allocations(cycle: str) -> dict[str, Any]:
    """生成分解建议 proposals for every unit and person, by headcount of the staff whose line fits"""
    return call("targets", "propose_allocations", {"cycle": cycle})


@claims.route("/cycles/<cycle>/allocations", methods=["POST"])
@claims.arguments(AllocationsBody)
@claims.response(200, SetDocument)
def set_allocations(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """分解到科所 set allocations, or accept those proposed; all or none"""
    return call("targets", "set_allocations", {**command, "cycle": cycle})


@claims.route("/allocations")
@claims.arguments(AllocationQuery, location="query")
@claims.response(200, paged(AllocationDocument))
def list_allocations(query: dict[str, Any]) -> dict[str, Any]:
    """分解列表 allocations to units"""
    return call("targets", "list_allocations", query, read=True)


@claims.route("/allocations/proposals")
@claims.arguments(ProposalQuery, location="query")
@claims.response(200, paged(ProposalDocument))
def list_proposals(query: dict[str, Any]) -> dict[str, Any]:
    """分解建议列表 proposals for units and persons"""
    return call("targets", "list_proposals", query, read=True)


@claims.route("/claims", methods=["POST"])
@claims.arguments(NewClaims)
@claims.response(201, ClaimList)
def claim_indicators(command: dict[str, Any]) -> dict[str, Any]:
    """认领 claim indicators for oneself, or for the units and persons one answers for; all or none"""
    return call("targets", "claim_indicators", command)


@claims.route("/claims/release", methods=["POST"])
@claims.arguments(ReleasedClaims)
@claims.response(200, ClaimList)
def release_claims(command: dict[str, Any]) -> dict[str, Any]:
    """退回认领 release claims for others to take"""
    return call("targets", "release_claims", command)


@claims.route("/claims/accept-proposals", methods=["POST"])
@claims.arguments(Acceptance)
@claims.response(200, AcceptedDocument)
def accept_proposals(command: dict[str, Any]) -> dict[str, Any]:
    """接受认领建议 claim what is proposed for oneself, for a unit and its staff, or for the whole bureau"""
    return call("targets", "accept_proposals", command)


@claims.route("/claims")
@claims.arguments(ClaimQuery, location="query")
@claims.response(200, paged(ClaimDocument))
def list_claims(query: dict[str, Any]) -> dict[str, Any]:
    """认领列表 claims"""
    return call("targets", "list_claims", query, read=True)


@claims.route("/claims/balance")
@claims.arguments(BalanceQuery, location="query")
@claims.response(200, paged(BalanceDocument))
def get_balance(query: dict[str, Any]) -> dict[str, Any]:
    """认领结余 claimed against target, per indicator, of the bureau or of one unit"""
    return call("targets", "get_balance", query, read=True)
