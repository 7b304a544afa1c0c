"""Claims handed on: lines' shares, transfers, substitutes, deadlines, leave to exceed, and what is left open."""

from typing import Any

from marshmallow import fields

from gateway.api.claims import AllocationQuery, ClaimList, SetDocument
from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, paged, text
from gateway.rpc import call

claims_moving = blueprint("claims-moving", "认领的转让与结余 claims handed on, and what is left open")


class LineShareBody(Command):
    indicator = text(10, required=True)
    line = text(40, required=True, metadata={"description": "a line, or `all` for what stations draw on"})
    quantity = Exact(required=True)


class LineSharesBody(Command):
    allocations = batch(LineShareBody)
    reason = text(500, allow_none=True, metadata={"description": "needed where the lines together exceed the target"})


class LineQuery(PageQuery):
    cycle = text(4, required=True)
    indicator = text(10)
    line = text(40)


class UnitShareBody(Command):
    indicator = text(10, required=True)
    unit = text(20, required=True)
    quantity = Exact(required=True)


class UnitSharesBody(Command):
    shares = batch(UnitShareBody)
    reason = text(500)


class TransferBody(Command):
    indicator = text(10, required=True)
    giver = text(20, required=True)
    taker = text(20, required=True)
    quantity = Exact(allow_none=True, metadata={"description": "all of the claim where absent"})


class TransfersBody(Command):
    cycle = text(4, required=True)
    transfers = batch(TransferBody)
    reason = text(500, required=True)


class SubstituteBody(Command):
    cycle = text(4, required=True)
    giver = text(20, required=True)
    taker = text(20, allow_none=True, metadata={"description": "where absent everything falls back to the unit"})
    keep_served = fields.Boolean(metadata={"description": "the giver keeps the part of the days served (default)"})
    last_day = fields.Date(allow_none=True)
    reason = text(500, required=True)


class ExcessBody(Command):
    cycle = text(4, required=True)
    indicator = text(10, required=True)
    unit = text(20, required=True)
    quantity = Exact(required=True)
    reason = text(500, required=True)


class DeadlineBody(Command):
    step = text(10, required=True, metadata={"description": "unit: units from lines; person: persons from units"})
    last_day = fields.Date(required=True)


class MovementQuery(PageQuery):
    cycle = text(4, required=True)
    indicator = text(10)
    giver = text(20)
    taker = text(20)


class LineShareDocument(Document):
    indicator = fields.String(required=True)
    line = fields.String(required=True)
    quantity = Exact(required=True)
    revision = fields.Integer(required=True)


class UnitShareDocument(Document):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = Exact(required=True, metadata={"description": "what the unit holds now"})


class UnitShareList(Document):
    items = fields.List(fields.Nested(UnitShareDocument), required=True)


class UnplacedDocument(Document):
    indicator = fields.String(required=True)
    quantity = Exact(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class SubstituteDocument(ClaimList):
    unplaced = fields.List(fields.Nested(UnplacedDocument), required=True)


class ExcessDocument(Document):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    allocated = Exact(required=True)
    excess = Exact(required=True)


class DeadlineDocument(Document):
    step = fields.String(required=True)
    last_day = fields.Date(required=True)
    passed = fields.Boolean(required=True)


class MovementDocument(Document):
    movement = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "draw, return, transfer, split, substitute"})
    indicator = fields.String(required=True)
    giver = fields.String(required=True, allow_none=True)
    taker = fields.String(required=True, allow_none=True)
    quantity = Exact(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)


class HolderDocument(Document):
    subject = fields.String(required=True)
    target = Exact(required=True)
    present = fields.Boolean(required=True, metadata={"description": "still in the unit"})


class GapDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    allocated = Exact(required=True)
    excess = Exact(required=True)
    claimed = Exact(required=True)
    unclaimed = Exact(required=True)
    over_claimed = Exact(required=True)
    stranded = Exact(required=True, metadata={"description": "claimed by people who are no longer there"})
    holders = fields.List(fields.Nested(HolderDocument), required=True)


@claims_moving.route("/cycles/<cycle>/line-allocations", methods=["POST"])
@claims_moving.arguments(LineSharesBody)
@claims_moving.response(200, SetDocument)
def set_line_allocations(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """分解到口 lines' shares of targets; all or none"""
    return call("targets", "set_line_allocations", {**command, "cycle": cycle})


@claims_moving.route("/line-allocations")
@claims_moving.arguments(LineQuery, location="query")
@claims_moving.response(200, paged(LineShareDocument))
def list_line_allocations(query: dict[str, Any]) -> dict[str, Any]:
    """各口分解列表 lines' shares"""
    return call("targets", "list_line_allocations", query, read=True)


@claims_moving.route("/cycles/<cycle>/allocations/draw", methods=["POST"])
@claims_moving.arguments(UnitSharesBody)
@claims_moving.response(200, UnitShareList)
def draw_allocations(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """单位向口认领 a unit claims from its line's share; all or none"""
    return call("targets", "draw_allocations", {**command, "cycle": cycle})


@claims_moving.route("/cycles/<cycle>/allocations/return", methods=["POST"])
@claims_moving.arguments(UnitSharesBody)
@claims_moving.response(200, UnitShareList)
def return_allocations(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """单位退回 a unit gives back what nobody there has claimed"""
    return call("targets", "return_allocations", {**command, "cycle": cycle})


@claims_moving.route("/claims/transfer", methods=["POST"])
@claims_moving.arguments(TransfersBody)
@claims_moving.response(200, ClaimList)
def transfer_claims(command: dict[str, Any]) -> dict[str, Any]:
    """转让、拆分认领 hand claims or parts of them to others; all or none"""
    return call("targets", "transfer_claims", command)


@claims_moving.route("/claims/substitute", methods=["POST"])
@claims_moving.arguments(SubstituteBody)
@claims_moving.response(200, SubstituteDocument)
def substitute_person(command: dict[str, Any]) -> dict[str, Any]:
    """接替 hand on what somebody leaves who moves, departs or is long away"""
    return call("targets", "substitute_person", command)


@claims_moving.route("/claims/movements")
@claims_moving.arguments(MovementQuery, location="query")
@claims_moving.response(200, paged(MovementDocument))
def list_movements(query: dict[str, Any]) -> dict[str, Any]:
    """流转记录 what was handed from whom to whom"""
    return call("targets", "list_movements", query, read=True)


@claims_moving.route("/claims/excess", methods=["POST"])
@claims_moving.arguments(ExcessBody)
@claims_moving.response(200, ExcessDocument)
def permit_excess(command: dict[str, Any]) -> dict[str, Any]:
    """准许超额认领 the unit's head lets its people claim beyond its share, on record"""
    return call("targets", "permit_excess", command)


@claims_moving.route("/cycles/<cycle>/claim-deadlines", methods=["POST"])
@claims_moving.arguments(DeadlineBody)
@claims_moving.response(200, paged(DeadlineDocument))
def set_claim_deadline(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """设定认领期限 until when units and persons claim"""
    return call("targets", "set_claim_deadline", {**command, "cycle": cycle})


@claims_moving.route("/cycles/<cycle>/claim-deadlines")
@claims_moving.response(200, paged(DeadlineDocument))
def list_claim_deadlines(cycle: str) -> dict[str, Any]:
    """认领期限 the deadlines"""
    return call("targets", "list_claim_deadlines", {"cycle": cycle}, read=True)


@claims_moving.route("/claims/gaps")
@claims_moving.arguments(AllocationQuery, location="query")
@claims_moving.response(200, paged(GapDocument))
def list_gaps(query: dict[str, Any]) -> dict[str, Any]:
    """认领缺口 units' shares not claimed exactly, or held by people no longer there"""
    return call("targets", "list_gaps", query, read=True)
