"""Commands and queries on lines' shares, movements, deadlines, leave to exceed and gaps."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.schemas.fields import Command, IndicatorCode, Page, Quantity, batch, code, text, year

STEPS = ("unit", "person")
_LINE = validate.Regexp(r"^[a-z][a-z0-9_]{0,39}\Z")


class _LineAllocation(Command):
    indicator = IndicatorCode(required=True)
    line = fields.String(required=True, validate=_LINE)
    quantity = Quantity(required=True)


class SetLineAllocations(Command):
    cycle = year()
    allocations = batch(_LineAllocation, required=True)
    reason = text(500, load_default=None, allow_none=True)


class LineAllocationQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    line = fields.String(load_default=None, allow_none=True, validate=_LINE)


class _UnitShare(Command):
    indicator = IndicatorCode(required=True)
    unit = code(required=True)
    quantity = Quantity(required=True)


class _Shares(Command):
    cycle = year()
    shares = batch(_UnitShare, required=True)
    reason = text(500, load_default="")

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        pairs = [(one["indicator"], one["unit"]) for one in data.get("shares", ())]
        if len(set(pairs)) != len(pairs):
            raise ValidationError("an indicator and unit are given twice", "shares")
        if not all(one["quantity"] for one in data.get("shares", ())):
            raise ValidationError("a quantity is above 0", "shares")


class DrawAllocations(_Shares):
    pass


class ReturnAllocations(_Shares):
    pass


class _Transfer(Command):
    indicator = IndicatorCode(required=True)
    giver = code(required=True)
    taker = code(required=True)
    quantity = Quantity(load_default=None, allow_none=True)


class TransferClaims(Command):
    """Several transfers from one giver split their claim."""

    cycle = year()
    transfers = batch(_Transfer, required=True)
    reason = text(500, required=True)

    @validates_schema
    def to_another(self, data: dict[str, Any], **_options: Any) -> None:
        if any(one["giver"] == one["taker"] or one["quantity"] == 0 for one in data.get("transfers", ())):
            raise ValidationError("a transfer goes to another, and is above 0", "transfers")


class SubstitutePerson(Command):
    cycle = year()
    giver = code(required=True)
    taker = code(load_default=None, allow_none=True)
    keep_served = fields.Boolean(load_default=True)
    last_day = fields.Date(load_default=None, allow_none=True)
    reason = text(500, required=True)


class PermitExcess(Command):
    cycle = year()
    indicator = IndicatorCode(required=True)
    unit = code(required=True)
    quantity = Quantity(required=True)
    reason = text(500, required=True)


class SetClaimDeadline(Command):
    cycle = year()
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    last_day = fields.Date(required=True)


class CycleQuery(Command):
    cycle = year()


class MovementQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    giver = code(load_default=None, allow_none=True)
    taker = code(load_default=None, allow_none=True)


class GapQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    unit = code(load_default=None, allow_none=True)
