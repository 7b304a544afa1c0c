"""Commands and queries on bureaus, units, positions and persons."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.persons import PLACE_KINDS
from services.targets.domain.words import KINDS
from services.targets.schemas.fields import Command, Page, batch, code, line_code, text
from services.targets.schemas.sheets import sheets_field

SHEETS = ("lines", "organisation", "positions", "persons")


def _day() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True)


class CreateBureau(Command):
    bureau = code(required=True)
    name = text(required=True)


class ImportOrganisation(Command):
    sheets = sheets_field(*SHEETS)
    dry_run = fields.Boolean(load_default=False)
    effective = _day()


class ExportOrganisation(Command):
    format = fields.String(load_default="xlsx", validate=validate.OneOf(("xlsx", "csv")))
    sheet = fields.String(load_default="organisation", validate=validate.OneOf(SHEETS))  # of a csv


class UnitQuery(Page):
    kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(KINDS))
    line = line_code(load_default=None, allow_none=True)
    on = _day()


class PositionQuery(Page):
    unit_kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(KINDS))
    on = _day()


class NewPerson(Command):
    person = code(required=True)
    name = text(50, required=True)
    unit = code(required=True)
    position = code(required=True)
    starts = fields.Date(required=True)


class AddPersons(Command):
    persons = batch(NewPerson, required=True)


class _PersonChange(Command):
    person = code(required=True)
    revision = fields.Integer(load_default=None, allow_none=True)


class MovePerson(_PersonChange):
    unit = code(required=True)
    position = code(required=True)
    starts = fields.Date(required=True)


class SecondPerson(_PersonChange):
    """Within the bureau to a unit and position, or ``outside`` of it."""

    unit = code(load_default=None, allow_none=True)
    position = code(load_default=None, allow_none=True)
    outside = fields.Boolean(load_default=False)
    starts = fields.Date(required=True)
    ends = _day()

    @validates_schema
    def somewhere(self, data: dict[str, Any], **_options: Any) -> None:
        if bool(data.get("outside")) == bool(data.get("unit") and data.get("position")):
            raise ValidationError("a unit and a position, or outside", "unit")
        if data.get("ends") and data.get("starts") and data["ends"] < data["starts"]:
            raise ValidationError("ends before it begins", "ends")


class RecallPerson(_PersonChange):
    last_day = fields.Date(required=True)


class CorrectPlace(Command):
    unit = code(load_default=None, allow_none=True)
    position = code(load_default=None, allow_none=True)
    starts = fields.Date(required=True)
    ends = _day()
    kind = fields.String(load_default="post", validate=validate.OneOf(tuple(PLACE_KINDS)))


class CorrectPlaces(_PersonChange):
    assignments = fields.List(fields.Nested(CorrectPlace), required=True, validate=validate.Length(1, 100))
    reason = text(1000, required=True)


class ChangePerson(_PersonChange):
    name = text(50, required=True)


class DepartPerson(_PersonChange):
    last_day = fields.Date(required=True)


class PlaceQuery(Page):
    """Who was where, on a day or from one day to another."""

    on = _day()
    since = _day()
    until = _day()
    unit = code(load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    person = code(load_default=None, allow_none=True)
    kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(tuple(PLACE_KINDS)))

    @validates_schema
    def one_span(self, data: dict[str, Any], **_options: Any) -> None:
        since, until = data.get("since"), data.get("until")
        if data.get("on") and (since or until):
            raise ValidationError("a day, or since and until", "on")
        if until and (since is None or until < since):
            raise ValidationError("until goes with a since before it", "until")


class PersonQuery(Page):
    unit = code(load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    on = _day()


class ChangeUnit(Command):
    """What is not named stays."""

    unit = code(required=True)
    revision = fields.Integer(load_default=None, allow_none=True)
    name = text()
    line = line_code()
    parent = code(allow_none=True)
    notes = fields.String(validate=validate.Length(max=1000))
    active = fields.Boolean()
    effective = _day()


class ScheduledQuery(Command):
    pass


class WithdrawScheduled(Command):
    kind = fields.String(required=True, validate=validate.OneOf(("unit", "position", "person")))
    code = code(required=True)
    starts = fields.Date(required=True)


class UnitKey(Command):
    unit = code(required=True)


class PersonKey(Command):
    person = code(required=True)
    on = _day()
