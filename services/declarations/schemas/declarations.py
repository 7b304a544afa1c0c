"""Commands and queries on declarations."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.declarations.schemas.fields import (
    Command,
    Exact,
    ListQuery,
    batch,
    code,
    counts,
    needed_text,
    revision,
    text,
)


class DeclareEntry(Command):
    indicator = code(required=True)
    subject = code()
    period = code()
    counts = counts(allow_none=True)
    self_points = Exact(allow_none=True)
    remark = text(load_default="")
    evidence = fields.List(text(), load_default=list, validate=validate.Length(max=50))
    revision = revision()


class Declare(Command):
    """``subject`` and ``period`` stand for the entries that name none; without a subject it is the actor."""

    cycle = code(required=True)
    subject = code()
    period = code()
    draft = fields.Boolean(load_default=False)
    entries = batch(DeclareEntry)

    @validates_schema(skip_on_field_errors=True)
    def every_entry_has_a_period(self, data: dict[str, Any], **_: Any) -> None:
        if "period" not in data and any("period" not in entry for entry in data["entries"]):
            raise ValidationError("name the period, for all entries or for each", "period")


class Chosen(Command):
    declaration = code(required=True)
    revision = revision()


class Assessed(Chosen):
    counts = counts(allow_none=True)
    reason = text(load_default="")


class Verify(Command):
    cycle = code(required=True)
    declarations = batch(Chosen)


class Assess(Command):
    cycle = code(required=True)
    declarations = batch(Assessed)


class Return(Verify):
    reason = needed_text()


class DeclarationQuery(ListQuery):
    differs = fields.Boolean()
    machine_changed = fields.Boolean()
    overdue = fields.Boolean()


class OneDeclaration(Command):
    cycle = code(required=True)
    declaration = code(required=True)


class DueQuery(Command):
    cycle = code(required=True)
    period = code(required=True)
    subject = code()
