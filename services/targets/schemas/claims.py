"""Commands and queries on allocations and claims."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.words import LAYERS, NATURES
from services.targets.schemas.fields import Command, IndicatorCode, Page, Quantity, batch, code, year


class ProposeAllocations(Command):
    cycle = year()


class Allocation(Command):
    indicator = IndicatorCode(required=True)
    unit = code(required=True)
    quantity = Quantity(required=True)


class SetAllocations(Command):
    """Either ``allocations``, or ``accept_proposals``."""

    cycle = year()
    allocations = batch(Allocation, load_default=None, allow_none=True)
    accept_proposals = fields.Boolean(load_default=False)

    @validates_schema
    def one_of_two(self, data: dict[str, Any], **_options: Any) -> None:
        if bool(data.get("allocations")) == data["accept_proposals"]:
            raise ValidationError("give either allocations or accept_proposals", "allocations")


class AllocationQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    unit = code(load_default=None, allow_none=True)


class ProposalQuery(AllocationQuery):
    subject = code(load_default=None, allow_none=True)


class ClaimKey(Command):
    indicator = IndicatorCode(required=True)
    subject = code(load_default=None, allow_none=True)


class NewClaim(ClaimKey):
    target = Quantity(load_default=None, allow_none=True)


class _Batch(Command):
    cycle = year()

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        pairs = [(one["indicator"], one["subject"]) for one in data.get("claims", ())]
        if len(set(pairs)) != len(pairs):
            raise ValidationError("an indicator and subject are given twice", "claims")


class ClaimIndicators(_Batch):
    claims = batch(NewClaim, required=True)


class ReleasedClaim(ClaimKey):
    quantity = Quantity(load_default=None, allow_none=True)


class ReleaseClaims(_Batch):
    claims = batch(ReleasedClaim, required=True)


class AcceptProposals(Command):
    cycle = year()
    scope = fields.String(load_default="own", validate=validate.OneOf(("own", "unit", "bureau")))
    unit = code(load_default=None, allow_none=True)
    natures = fields.List(fields.String(validate=validate.OneOf(tuple(NATURES))), load_default=())

    @validates_schema
    def unit_named(self, data: dict[str, Any], **_options: Any) -> None:
        if (data["scope"] == "unit") != (data["unit"] is not None):
            raise ValidationError("the scope unit, and only it, names a unit", "unit")


class ClaimQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    unit = code(load_default=None, allow_none=True)
    subject = code(load_default=None, allow_none=True)
    layer = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(tuple(LAYERS)))
    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(("claimed", "released")))


class BalanceQuery(Page):
    cycle = year()
    unit = code(load_default=None, allow_none=True)
