"""Commands and queries on handovers between colleagues."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.handovers import KINDS, STATUSES
from services.targets.schemas.fields import LARGEST_BATCH, Command, IndicatorCode, Page, Quantity, code, text, year


class _Item(Command):
    indicator = IndicatorCode(required=True)
    quantity = Quantity(load_default=None, allow_none=True)


class ProposeHandover(Command):
    """A transfer names its items; a substitution is of everything."""

    cycle = year()
    kind = fields.String(load_default="transfer", validate=validate.OneOf(KINDS))
    taker = code(required=True)
    items = fields.List(fields.Nested(_Item), load_default=[], validate=validate.Length(max=LARGEST_BATCH))
    keep_served = fields.Boolean(load_default=True)
    last_day = fields.Date(load_default=None, allow_none=True)
    reason = text(500, required=True)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        codes = [one["indicator"] for one in data.get("items", ())]
        if bool(codes) != (data.get("kind") == "transfer") or len(set(codes)) != len(codes):
            raise ValidationError("a transfer names each indicator once, a substitution none", "items")
        if any(one["quantity"] == 0 for one in data.get("items", ())):
            raise ValidationError("a quantity is above 0", "items")


class _Step(Command):
    cycle = year()
    handover = text(40, required=True)
    note = text(500, load_default="")


class AnswerHandover(_Step):
    accept = fields.Boolean(required=True)


class DecideHandover(_Step):
    confirm = fields.Boolean(required=True)


class WithdrawHandover(_Step):
    pass


class HandoverQuery(Page):
    cycle = year()
    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATUSES))
    unit = code(load_default=None, allow_none=True)


class HandoverRuleKey(Command):
    cycle = year()


class SetHandoverRule(Command):
    cycle = year()
    revision = fields.Integer(load_default=None, allow_none=True)
    confirm = fields.Boolean(required=True)
    days = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 90))

    @validates_schema
    def of_use(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("days") is not None and not data.get("confirm"):
            raise ValidationError("days are given to those who confirm", "days")
