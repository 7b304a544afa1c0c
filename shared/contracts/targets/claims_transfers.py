"""Claims handed on: transfers, substitutes, deadlines, leave to exceed, and what is left open."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, batch, flag, listing, paged, sort, word
from shared.contracts.targets.claims import ClaimList
from shared.contracts.targets.fields import code, day, indicator_code, quantity, text
from shared.contracts.targets.keys import CyclePage, CycleSearch, NamedItem, OneCycle
from shared.vocabulary.claims import CLAIM_STEPS, MOVEMENTS


class Transfer(Command):
    indicator = indicator_code(required=True)
    giver = code(required=True)
    taker = code(required=True)
    quantity = quantity("all of the claim where absent", load_default=None)


class TransferClaims(OneCycle):
    """Several transfers from one giver split their claim."""

    transfers = batch(Transfer)
    reason = text(500, required=True)

    @validates_schema
    def to_another(self, data: dict[str, Any], **_options: Any) -> None:
        if any(one["giver"] == one["taker"] or one["quantity"] == 0 for one in data["transfers"]):
            raise ValidationError("a transfer goes to another, and is above 0", "transfers")


class SubstitutePerson(OneCycle):
    giver = code(required=True)
    taker = code("where absent everything falls back to the unit", load_default=None)
    keep_served = flag("the giver keeps the part of the days served", load_default=True)
    last_day = day(load_default=None)
    reason = text(500, required=True)


class PermitExcess(OneCycle):
    indicator = indicator_code(required=True)
    unit = code(required=True)
    quantity = quantity(required=True)
    reason = text(500, required=True)


class SetClaimDeadline(OneCycle):
    step = word(CLAIM_STEPS, "unit: units from lines; person: persons from units", required=True)
    last_day = day(required=True)


class GapQuery(CyclePage):
    indicator = indicator_code(load_default=None)
    unit = code(load_default=None)


class MovementQuery(CycleSearch):
    sort = sort("at", "indicator", "indicator_name", "kind")
    indicator = indicator_code(load_default=None)
    giver = code(load_default=None)
    taker = code(load_default=None)


class UnplacedDocument(Document):
    indicator = fields.String(required=True)
    quantity = Exact(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class SubstituteDocument(ClaimList):
    unplaced = listing(UnplacedDocument)


class ExcessDocument(Document):
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    allocated = Exact(required=True)
    excess = Exact(required=True)


class ClaimDeadlineDocument(Document):
    step = word(CLAIM_STEPS, required=True)
    last_day = fields.Date(required=True)
    passed = fields.Boolean(required=True)


class MovementDocument(NamedItem):
    giver_name = fields.String(required=True, allow_none=True, metadata={"description": "null where it is a line"})
    taker_name = fields.String(required=True, allow_none=True, metadata={"description": "null where it is a line"})
    movement = fields.String(required=True)
    kind = word(MOVEMENTS, required=True)
    indicator = fields.String(required=True)
    giver = fields.String(required=True, allow_none=True)
    taker = fields.String(required=True, allow_none=True)
    quantity = Exact(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class HolderDocument(Document):
    subject = fields.String(required=True)
    subject_name = fields.String(required=True)
    target = Exact(required=True)
    present = fields.Boolean(required=True, metadata={"description": "still in the unit"})


class GapDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    measure_unit = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True)
    allocated = Exact(required=True)
    excess = Exact(required=True)
    claimed = Exact(required=True)
    unclaimed = Exact(required=True)
    over_claimed = Exact(required=True)
    stranded = Exact(required=True, metadata={"description": "claimed by people who are no longer there"})
    holders = listing(HolderDocument)


claims_moving = Family("targets", "claims_moving", "认领的转让与结余 claims handed on, and what is left open")

transfer_claims = claims_moving.post(
    "/claims/transfer", "transfer_claims", TransferClaims, ClaimList, may="may_claim_for_unit"
)("转让、拆分认领 hand claims or parts of them to others; all or none")
substitute_person = claims_moving.post(
    "/claims/substitute", "substitute_person", SubstitutePerson, SubstituteDocument, may="may_claim_for_unit"
)("接替 hand on what somebody leaves who moves, departs or is long away")
list_movements = claims_moving.get(
    "/claims/movements", "list_movements", MovementQuery, paged(MovementDocument), may="anyone"
)("流转记录 what was handed from whom to whom")
permit_excess = claims_moving.post(
    "/claims/excess", "permit_excess", PermitExcess, ExcessDocument, may="may_claim_for_unit"
)("准许超额认领 the unit's head lets its people claim beyond its share, on record")
set_claim_deadline = claims_moving.post(
    "/cycles/<cycle>/claim-deadlines",
    "set_claim_deadline",
    SetClaimDeadline,
    paged(ClaimDeadlineDocument),
    may="may_manage_cycle",
)("设定认领期限 until when units and persons claim")
list_claim_deadlines = claims_moving.get(
    "/cycles/<cycle>/claim-deadlines", "list_claim_deadlines", OneCycle, paged(ClaimDeadlineDocument), may="anyone"
)("认领期限 the deadlines")
list_gaps = claims_moving.get("/claims/gaps", "list_gaps", GapQuery, paged(GapDocument), may="anyone")(
    "认领缺口 units' shares not claimed exactly, or held by people no longer there"
)
