"""The small queries across the tools."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, code, text


class ToDoQuery(Command):
    cycle = code()


class Replay(Command):
    after = text(allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 5000))
