"""Commands and queries on a cycle's library and its indicators."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.targets.schemas.fields import LARGEST_BATCH, Command, IndicatorCode, Page, Quantity, line_code, text, year
from services.targets.schemas.sheets import sheets_field
from shared.vocabulary.library import CATEGORIES, FREQUENCIES, RULES, SOURCES, TOOLS
from shared.vocabulary.organisation import LAYERS

SHEETS = ("indicators", "models", "composite", "machine_figures")


def _word(words: Any) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.OneOf(tuple(words)))


def _edition(**options: Any) -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10_000), **options)


class ImportLibrary(Command):
    cycle = year()
    sheets = sheets_field(*SHEETS, needed=("indicators",))
    dry_run = fields.Boolean(load_default=False)


class IndicatorQuery(Page):
    cycle = year()
    library_revision = _edition()
    category = _word(CATEGORIES)
    line = line_code(load_default=None, allow_none=True)
    layer = _word(LAYERS)
    tool = _word(TOOLS)
    rule = _word(RULES)
    source = _word(SOURCES)
    frequency = _word(FREQUENCIES)


class IndicatorKey(Command):
    cycle = year()
    indicator = IndicatorCode(required=True)
    library_revision = _edition()


class TryIndicator(IndicatorKey):
    counts = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=Quantity(required=True),
        required=True,
        validate=validate.Length(max=50),
    )
    target = Quantity(load_default=None, allow_none=True)
    rule = _word(RULES)
    rule_params = fields.Dict(load_default=None, allow_none=True)
    full_points = Quantity(load_default=None, allow_none=True)


class PublishLibrary(Command):
    cycle = year()
    effective = fields.Date(load_default=None, allow_none=True)
    note = text(1000, load_default="")


class CompareLibraries(Command):
    cycle = year()
    older = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10_000))
    newer = _edition()


class ExportLibrary(Command):
    cycle = year()
    library_revision = _edition()
    format = fields.String(load_default="xlsx", validate=validate.OneOf(("xlsx", "csv")))
    sheet = fields.String(load_default="indicators", validate=validate.OneOf(SHEETS))  # of a csv


class DraftChange(Command):
    """Cells by the sheet's columns; a rule's parameters as an object or as the sheet has them."""

    action = fields.String(load_default="put", validate=validate.OneOf(("put", "remove")))
    indicator = IndicatorCode(required=True)
    cells = fields.Dict(keys=text(40), values=fields.Raw(allow_none=True), load_default=dict)

    @validates_schema
    def cells_to_put(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("action") == "put" and not data.get("cells"):
            raise ValidationError("nothing to put", "cells")

    @post_load
    def plain(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        return {**data, "cells": {} if data["action"] == "remove" else data["cells"]}


class ChangeDraft(Command):
    cycle = year()
    changes = fields.List(fields.Nested(DraftChange), required=True, validate=validate.Length(1, LARGEST_BATCH))
