"""Commands and queries on cycles and their library."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.targets.domain.cycles import STATUSES
from services.targets.domain.words import (
    ALL_LINES,
    CATEGORIES,
    FREQUENCIES,
    LAYERS,
    LINES,
    ROUNDINGS,
    RULES,
    SOURCES,
    TOOLS,
)
from services.targets.schemas.fields import Command, IndicatorCode, Page, Quantity, year
from services.targets.schemas.sheets import sheets_field


def _word(words: Any) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.OneOf(tuple(words)))


class _Model(Command):
    rounding = fields.String(validate=validate.OneOf(ROUNDINGS))
    quota_percent = fields.Integer(strict=True, validate=validate.Range(0, 100))
    tie_chain = fields.List(fields.String(validate=validate.OneOf(tuple(CATEGORIES))), validate=validate.Length(0, 4))
    calendar = fields.Dict(keys=fields.Date(), values=fields.Boolean(), validate=validate.Length(max=366))

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        if "tie_chain" in data:
            data["tie_chain"] = tuple(dict.fromkeys(data["tie_chain"]))
        if "calendar" in data:
            data["calendar"] = {day.isoformat(): worked for day, worked in sorted(data["calendar"].items())}
        return data


class CreateCycle(_Model):
    cycle = year()
    starts = fields.Date()
    ends = fields.Date()

    @post_load
    def whole_year(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        of_year = int(data["cycle"])
        return {"starts": date(of_year, 1, 1), "ends": date(of_year, 12, 31), **data}

    @validates_schema
    def within_year(self, data: dict[str, Any], **_options: Any) -> None:
        of_year = int(data["cycle"])
        starts, ends = data.get("starts", date(of_year, 1, 1)), data.get("ends", date(of_year, 12, 31))
        if not date(of_year, 1, 1) <= starts <= ends <= date(of_year, 12, 31):
            raise ValidationError("a cycle lies within its year", "starts")


class ChangeCycle(_Model):
    cycle = year()
    revision = fields.Integer(load_default=None, allow_none=True)


class MoveCycle(Command):
    cycle = year()
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    revision = fields.Integer(load_default=None, allow_none=True)


class CycleKey(Command):
    cycle = year()


class ImportLibrary(Command):
    cycle = year()
    sheets = sheets_field("indicators", "models", "composite", "machine_figures", needed=("indicators",))
    dry_run = fields.Boolean(load_default=False)


class IndicatorQuery(Page):
    cycle = year()
    library_revision = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10_000))
    category = _word(CATEGORIES)
    line = _word((*LINES, ALL_LINES))
    layer = _word(LAYERS)
    tool = _word(TOOLS)
    rule = _word(RULES)
    source = _word(SOURCES)
    frequency = _word(FREQUENCIES)


class IndicatorKey(Command):
    cycle = year()
    indicator = IndicatorCode(required=True)
    library_revision = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10_000))


class TryIndicator(IndicatorKey):
    counts = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=Quantity(required=True),
        required=True,
        validate=validate.Length(max=50),
    )
    target = Quantity(load_default=None, allow_none=True)
