"""Targets shared out to units: proposed for everybody, set by the office, and what they come to."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import LIMIT, Command, Document, Exact, flag, listing, paged, sort, word
from shared.contracts.targets.fields import code, indicator_code, quantity
from shared.contracts.targets.keys import CycleSearch, NamedItem, OneCycle, WhyNotDocument
from shared.vocabulary.claims import ALLOCATION_CHOICES, BOUNDS, SHORTAGES
from shared.vocabulary.organisation import LAYERS


class UnitShare(Command):
    indicator = indicator_code(required=True)
    unit = code(required=True)
    quantity = quantity(required=True)


class SetAllocations(OneCycle):
    """Either ``allocations``, or ``accept_proposals``."""

    allocations = fields.List(fields.Nested(UnitShare), load_default=None, validate=Length(1, LIMIT))
    accept_proposals = flag("all units' as proposed, instead of naming them", load_default=False)

    @validates_schema
    def one_of_two(self, data: dict[str, Any], **_options: Any) -> None:
        if bool(data.get("allocations")) == data["accept_proposals"]:
            raise ValidationError("give either allocations or accept_proposals", "allocations")


class SharesQuery(CycleSearch):
    indicator = indicator_code(load_default=None)
    unit = code(load_default=None)


class AllocationQuery(SharesQuery):
    sort = sort("indicator", "indicator_name", "unit", "unit_name", "quantity")


class ProposalQuery(SharesQuery):
    subject = code(load_default=None)
    sort = sort("indicator", "indicator_name", "subject", "subject_name", "unit", "quantity")


class BalanceQuery(CycleSearch):
    unit = code(load_default=None)
    sort = sort("indicator", "name", "line", "target", "allocated")


class ShortageDocument(Document):
    indicator = fields.String(required=True)
    target = Exact(required=True)
    missing = Exact(required=True, metadata={"description": "what nobody can take on within the limits"})
    kind = word(SHORTAGES, required=True)
    unit = fields.String(required=True, allow_none=True, metadata={"description": "where only one unit cannot"})


class ProposedDocument(Document):
    indicators = fields.Integer(required=True)
    units = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    shortages = listing(ShortageDocument)


class AllocationsSetDocument(Document):
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class AllocationDocument(NamedItem):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    quantity = Exact(required=True)
    revision = fields.Integer(required=True)
    may = listing(word(ALLOCATION_CHOICES), "the steps that the reader may take now")
    why_not = listing(WhyNotDocument)


class ProposalDocument(NamedItem):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    subject_name = fields.String(required=True)
    unit_name = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    quantity = Exact(required=True)
    fair = Exact(required=True, allow_none=True, metadata={"description": "pro rata, before limits and rounding"})
    bound = word(BOUNDS, "the limit that holds it", required=True, allow_none=True)


class BalanceDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    line = fields.String(required=True)
    line_name = fields.String(required=True)
    layers = listing(word(LAYERS))
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


allocations = Family("targets", "allocations", "分解 targets shared out to units")

propose_allocations = allocations.post(
    "/cycles/<cycle>/allocations/propose", "propose_allocations", OneCycle, ProposedDocument, may="may_manage_cycle"
)("生成分解建议 proposals for every unit and person, by headcount of the staff whose line fits")
set_allocations = allocations.post(
    "/cycles/<cycle>/allocations", "set_allocations", SetAllocations, AllocationsSetDocument, may="may_allocate_line"
)("分解到科所 set allocations, or accept those proposed; all or none")
list_allocations = allocations.get(
    "/allocations", "list_allocations", AllocationQuery, paged(AllocationDocument), may="anyone"
)("分解列表 allocations to units")
list_proposals = allocations.get(
    "/allocations/proposals", "list_proposals", ProposalQuery, paged(ProposalDocument), may="anyone"
)("分解建议列表 proposals for units and persons")
get_balance = allocations.get("/claims/balance", "get_balance", BalanceQuery, paged(BalanceDocument), may="anyone")(
    "认领结余 claimed against target, per indicator, of the bureau or of one unit"
)
