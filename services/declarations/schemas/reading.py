"""The small queries across the tools."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import LIMIT, Command, code, text


class ToDoQuery(Command):
    cycle = code()


class DoneQuery(Command):
    cycle = code(required=True)
    kind = code()
    before = fields.Integer(validate=validate.Range(1, 2**63 - 1))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, LIMIT))


class Replay(Command):
    after = text(allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 5000))
