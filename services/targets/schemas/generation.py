"""Commands and queries on the generation of targets."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.words import KINDS
from services.targets.schemas.fields import Command, IndicatorCode, Page, Quantity, batch, code, text, year

BUREAU = "*"
_SUBJECT = validate.Regexp(r"^(\*|[A-Za-z0-9][A-Za-z0-9-]{0,19})\Z")
_MOST_RULES = 200
_MOST_PERSONS = 5000


def _share(**options: Any) -> Quantity:
    return Quantity(validate=validate.Range(0, 1), **options)


class _Rule(Command):
    prefix = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{2}(-[0-9]{2}){0,2}\Z"))
    unit_kinds = fields.List(fields.String(validate=validate.OneOf(KINDS)), load_default=list)
    positions = fields.List(code(), load_default=list, validate=validate.Length(max=_MOST_RULES))
    not_positions = fields.List(code(), load_default=list, validate=validate.Length(max=_MOST_RULES))


class SetGenerationSettings(Command):
    cycle = year()
    revision = fields.Integer(load_default=None, allow_none=True)
    smoothing = _share(load_default="0.5")
    ratchet = _share(load_default="0.3")
    trend = _share(load_default="0.8")
    positions = fields.Dict(keys=code(), values=_share(), load_default=dict, validate=validate.Length(max=_MOST_RULES))
    persons = fields.Dict(keys=code(), values=_share(), load_default=dict, validate=validate.Length(max=_MOST_PERSONS))
    eligibility = fields.List(fields.Nested(_Rule), load_default=list, validate=validate.Length(max=_MOST_RULES))


class SettingsKey(Command):
    cycle = year()


class _Result(Command):
    indicator = IndicatorCode(required=True)
    subject = fields.String(required=True, validate=_SUBJECT)
    year = year()
    quantity = Quantity(required=True)


class RecordResults(Command):
    results = batch(_Result, required=True)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        keys = [(one["indicator"], one["subject"], one["year"]) for one in data.get("results", ())]
        if len(set(keys)) != len(keys):
            raise ValidationError("a result is given twice", "results")


class ResultQuery(Page):
    indicator = IndicatorCode(load_default=None, allow_none=True)
    subject = fields.String(load_default=None, allow_none=True, validate=_SUBJECT)


class _Bound(Command):
    indicator = IndicatorCode(required=True)
    subject = fields.String(required=True, validate=_SUBJECT)
    floor = Quantity(load_default=None, allow_none=True)
    ceiling = Quantity(load_default=None, allow_none=True)
    reason = text(500, required=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        floor, ceiling = data.get("floor"), data.get("ceiling")
        if floor is not None and ceiling is not None and floor > ceiling:
            raise ValidationError("the floor is above the ceiling", "floor")


class SetBounds(Command):
    cycle = year()
    bounds = batch(_Bound, required=True)

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        keys = [(one["indicator"], one["subject"]) for one in data.get("bounds", ())]
        if len(set(keys)) != len(keys):
            raise ValidationError("an indicator and subject are given twice", "bounds")


class BoundQuery(Page):
    cycle = year()
    indicator = IndicatorCode(load_default=None, allow_none=True)
    subject = fields.String(load_default=None, allow_none=True, validate=_SUBJECT)


class GenerateTargets(Command):
    cycle = year()


class GenerationKey(Command):
    cycle = year()
    generation = fields.Integer(required=True, validate=validate.Range(1, 100_000))


class ForecastQuery(Page):
    cycle = year()
    generation = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    indicator = IndicatorCode(load_default=None, allow_none=True)
    subject = fields.String(load_default=None, allow_none=True, validate=_SUBJECT)
