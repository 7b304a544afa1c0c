"""Claims: what units and persons take on, and give back."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, batch, listing, paged, word
from shared.contracts.targets.allocations import AllocationQuery
from shared.contracts.targets.fields import code, indicator_code, quantity
from shared.contracts.targets.keys import OneCycle
from shared.vocabulary.claims import CLAIM_STATES, SCOPES
from shared.vocabulary.library import NATURES
from shared.vocabulary.organisation import LAYERS


class ClaimKey(Command):
    indicator = indicator_code(required=True)
    subject = code("unit or person; oneself where absent", load_default=None)


class NewClaim(ClaimKey):
    target = quantity("the quantity; only for items that have one", load_default=None)


class ReleasedClaim(ClaimKey):
    quantity = quantity("a part of the claim; all of it where absent", load_default=None)


class _EachOnce(OneCycle):
    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        pairs = [(one["indicator"], one["subject"]) for one in data["claims"]]
        if len(set(pairs)) != len(pairs):
            raise ValidationError("an indicator and subject are given twice", "claims")


class ClaimIndicators(_EachOnce):
    claims = batch(NewClaim)


class ReleaseClaims(_EachOnce):
    claims = batch(ReleasedClaim)


class AcceptProposals(OneCycle):
    scope = word(SCOPES, load_default="own")
    unit = code("of the scope unit", load_default=None)
    natures = fields.List(
        word(NATURES), load_default=list, metadata={"description": "also items without a quantity, of these natures"}
    )

    @validates_schema
    def unit_named(self, data: dict[str, Any], **_options: Any) -> None:
        if (data["scope"] == "unit") != (data["unit"] is not None):
            raise ValidationError("the scope unit, and only it, names a unit", "unit")


class ClaimQuery(AllocationQuery):
    subject = code(load_default=None)
    layer = word(LAYERS, load_default=None)
    status = word(CLAIM_STATES, load_default=None)


class ClaimDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True, metadata={"description": "whose allocation it draws on"})
    target = Exact(required=True, allow_none=True)
    days = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "of the cycle that the quantity is meant for; null: all of it"},
    )
    status = word(CLAIM_STATES, required=True)
    revision = fields.Integer(required=True)


class ClaimList(Document):
    items = listing(ClaimDocument)


class SkippedDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class AcceptedDocument(Document):
    claimed = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    reasons = listing(SkippedDocument)


claims = Family("targets", "claims", "认领 claims of units and persons")

claim_indicators = claims.post(
    "/claims",
    "claim_indicators",
    ClaimIndicators,
    ClaimList,
    "认领 claim indicators for oneself, or for the units and persons one answers for; all or none",
    may="may_claim_for_person",
    status=201,
)
release_claims = claims.post(
    "/claims/release",
    "release_claims",
    ReleaseClaims,
    ClaimList,
    "退回认领 release claims for others to take",
    may="may_claim_for_person",
)
accept_proposals = claims.post(
    "/claims/accept-proposals",
    "accept_proposals",
    AcceptProposals,
    AcceptedDocument,
    "接受认领建议 claim what is proposed for oneself, for a unit and its staff, or for the whole bureau",
    may="may_claim_for_unit",
)
list_claims = claims.get("/claims", "list_claims", ClaimQuery, paged(ClaimDocument), "认领列表 claims", may="anyone")
