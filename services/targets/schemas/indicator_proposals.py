"""Commands and queries on proposals to change indicators."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.indicator_proposals import ACTIONS, DECISIONS, ORIGINS, STATUSES
from services.targets.schemas.fields import Command, IndicatorCode, Page, batch, text, year


class ProposeChange(Command):
    """``changes``: cells by the sheet's columns, as in a draft's changes."""

    cycle = year()
    indicator = IndicatorCode(required=True)
    action = fields.String(load_default="change", validate=validate.OneOf(ACTIONS))
    changes = fields.Dict(keys=text(40), values=fields.Raw(allow_none=True), load_default=dict)
    reason = text(2000, required=True)
    origin = fields.String(load_default="person", validate=validate.OneOf(ORIGINS))

    @validates_schema
    def fits_action(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("action") == "remove") == bool(data.get("changes")):
            raise ValidationError("changes go with change and add, and are needed there", "changes")


class ProposalQuery(Page):
    cycle = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"^20[0-9]{2}\Z"))
    indicator = IndicatorCode(load_default=None, allow_none=True)
    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATUSES))


class ProposalKey(Command):
    proposal = fields.String(required=True, validate=validate.Length(1, 40))


class Decision(ProposalKey):
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    reason = text(2000, required=True)


class DecideProposals(Command):
    decisions = batch(Decision, required=True)

    @validates_schema
    def once_each(self, data: dict[str, Any], **_options: Any) -> None:
        codes = [one["proposal"] for one in data.get("decisions", ())]
        if len(set(codes)) != len(codes):
            raise ValidationError("each proposal once", "decisions")
