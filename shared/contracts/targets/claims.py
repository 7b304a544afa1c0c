"""Claims: what units and persons take on, and give back."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, batch, listing, paged, sort, word
from shared.contracts.targets.allocations import SharesQuery
from shared.contracts.targets.fields import code, indicator_code, quantity
from shared.contracts.targets.keys import NamedItem, OneCycle, WhyNotDocument
from shared.vocabulary.batches import MODES
from shared.vocabulary.claims import CLAIM_CHOICES, CLAIM_STATES, SCOPES
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
    mode = word(
        MODES, "all or none, or each by itself: what is refused is told beside what is done", load_default="all"
    )

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


class ClaimQuery(SharesQuery):
    subject = code(load_default=None)
    sort = sort("indicator", "indicator_name", "subject", "subject_name", "unit", "target")
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


class RefusedClaim(Document):
    """Why one entry was left out."""

    row = fields.Integer(required=True, metadata={"description": "its place among the entries, from 0"})
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    field = fields.String()
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ClaimOutcomes(ClaimList):
    refused = listing(RefusedClaim, "in the mode `each`; else none")


class ListedClaim(ClaimDocument, NamedItem):
    subject_name = fields.String(required=True)
    unit_name = fields.String(required=True)
    may = listing(word(CLAIM_CHOICES), "the steps that the reader may take now")
    why_not = listing(WhyNotDocument)


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
    "/claims", "claim_indicators", ClaimIndicators, ClaimOutcomes, may="may_claim", status=201
)("认领 claim indicators for oneself, or for the units and persons one answers for; all or none, or each")
release_claims = claims.post("/claims/release", "release_claims", ReleaseClaims, ClaimOutcomes, may="may_release")(
    "退回认领 release claims for others to take"
)
accept_proposals = claims.post(
    "/claims/accept-proposals", "accept_proposals", AcceptProposals, AcceptedDocument, may="may_accept_proposals"
)("接受认领建议 claim what is proposed for oneself, for a unit and its staff, or for the whole bureau")
list_claims = claims.get("/claims", "list_claims", ClaimQuery, paged(ListedClaim), may="anyone")("认领列表 claims")
