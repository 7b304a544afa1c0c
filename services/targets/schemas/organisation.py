"""Commands and queries on bureaus, units, positions and persons."""

from marshmallow import fields, validate

from services.targets.domain.words import ALL_LINES, KINDS, LINES
from services.targets.schemas.fields import Command, Page, batch, code, text
from services.targets.schemas.sheets import sheets_field

_LINE = validate.OneOf((*LINES, ALL_LINES))


class CreateBureau(Command):
    bureau = code(required=True)
    name = text(required=True)


class ImportOrganisation(Command):
    sheets = sheets_field("organisation", "positions")
    dry_run = fields.Boolean(load_default=False)


class UnitQuery(Page):
    kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(KINDS))
    line = fields.String(load_default=None, allow_none=True, validate=_LINE)


class PositionQuery(Page):
    unit_kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(KINDS))


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


class DepartPerson(_PersonChange):
    last_day = fields.Date(required=True)


class PersonQuery(Page):
    unit = code(load_default=None, allow_none=True)
    line = fields.String(load_default=None, allow_none=True, validate=_LINE)


class UnitKey(Command):
    unit = code(required=True)


class PersonKey(Command):
    person = code(required=True)
