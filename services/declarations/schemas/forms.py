"""Forms: which one is asked for, and the rows of one that comes back."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.declarations.domain.forms import ACCOUNTABILITY, CONTRIBUTION, FILLED, REVIEW, TEMPORARY, TITLES
from services.declarations.schemas.fields import Command, Exact, code, counts, loaded, needed_text, text
from shared.errors import Invalid

ROWS = 1000


class FormQuery(Command):
    form = fields.String(required=True, validate=validate.OneOf(sorted(TITLES)))
    cycle = code(required=True)
    period = code(required=True)
    subject = code()


class SheetRow(Command):
    row = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_048_576))


class ReviewRow(SheetRow):
    indicator = code(required=True)
    counts = counts(allow_none=True)
    self_points = Exact(allow_none=True)
    remark = text(load_default="")
    evidence = fields.List(text(), load_default=list, validate=validate.Length(max=50))


class OrderRow(SheetRow):
    order = code(required=True)
    deed = fields.String(required=True, validate=validate.OneOf(["accept", "progress", "complete"]))
    note = text(load_default="")


class ContributionRow(SheetRow):
    indicator = code(required=True)
    level = code(allow_none=True, load_default=None)
    title = needed_text()
    effect = needed_text()
    proof = needed_text()


_ROWS: dict[str, type[SheetRow]] = {
    REVIEW: ReviewRow,
    ACCOUNTABILITY: OrderRow,
    TEMPORARY: OrderRow,
    CONTRIBUTION: ContributionRow,
}


class TakeForm(FormQuery):
    """``rows`` are loaded one by one, so that a fault names the sheet's row and not a place in a list."""

    draft = fields.Boolean(load_default=False)
    dry_run = fields.Boolean(load_default=False)
    rows = fields.List(fields.Dict(), required=True, validate=validate.Length(1, ROWS))

    @validates_schema(skip_on_field_errors=True)
    def only_what_is_filled_in(self, data: dict[str, Any], **_: Any) -> None:
        if data["form"] not in FILLED:
            raise ValidationError("this form does not come back", "form")


def loaded_rows(form: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Raises ``Invalid`` with the row of each fault."""
    read, errors = [], list[dict[str, Any]]()
    for row in rows:
        try:
            read.append(loaded(_ROWS[form], row))
        except Invalid as problem:
            errors += [{**one, "row": row.get("row", 0)} for one in problem.errors]
    if errors:
        raise Invalid("request.invalid", zh="表中有误", en="the sheet does not fit", errors=errors)
    return read
