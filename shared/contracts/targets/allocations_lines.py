"""Lines' shares of targets, and what units draw of them and give back."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, batch, line_code, listing, paged
from shared.contracts.targets.allocations import AllocationsSetDocument, UnitShare
from shared.contracts.targets.fields import indicator_code, note, quantity, text
from shared.contracts.targets.keys import CyclePage, NamedItem, OneCycle


class LineShare(Command):
    indicator = indicator_code(required=True)
    line = line_code("a line, or `all` for what stations draw on", required=True)
    quantity = quantity(required=True)


class SetLineAllocations(OneCycle):
    allocations = batch(LineShare)
    reason = text(500, "needed where the lines together exceed the target", load_default=None)


class LineAllocationQuery(CyclePage):
    indicator = indicator_code(load_default=None)
    line = line_code(load_default=None)


class UnitShares(OneCycle):
    shares = batch(UnitShare)
    reason = note(500, load_default="")

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        pairs = [(one["indicator"], one["unit"]) for one in data["shares"]]
        if len(set(pairs)) != len(pairs):
            raise ValidationError("an indicator and unit are given twice", "shares")
        if not all(one["quantity"] for one in data["shares"]):
            raise ValidationError("a quantity is above 0", "shares")


class LineShareDocument(NamedItem):
    indicator = fields.String(required=True)
    line = fields.String(required=True)
    quantity = Exact(required=True)
    revision = fields.Integer(required=True)


class UnitShareDocument(Document):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    quantity = Exact(required=True, metadata={"description": "what the unit holds now"})


class UnitShareList(Document):
    items = listing(UnitShareDocument)


line_allocations = Family("targets", "line_allocations", "分解到口 lines' shares of targets, drawn by units")

set_line_allocations = line_allocations.post(
    "/cycles/<cycle>/line-allocations",
    "set_line_allocations",
    SetLineAllocations,
    AllocationsSetDocument,
    may="may_manage_cycle",
)("分解到口 lines' shares of targets; all or none")
list_line_allocations = line_allocations.get(
    "/line-allocations", "list_line_allocations", LineAllocationQuery, paged(LineShareDocument), may="anyone"
)("各口分解列表 lines' shares")
draw_allocations = line_allocations.post(
    "/cycles/<cycle>/allocations/draw", "draw_allocations", UnitShares, UnitShareList, may="may_claim_for_unit"
)("单位向口认领 a unit claims from its line's share; all or none")
return_allocations = line_allocations.post(
    "/cycles/<cycle>/allocations/return", "return_allocations", UnitShares, UnitShareList, may="may_claim_for_unit"
)("单位退回 a unit gives back what nobody there has claimed")
