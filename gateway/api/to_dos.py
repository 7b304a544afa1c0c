"""To-dos: what waits for the actor."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, blueprint, text
from gateway.rpc import call

to_dos = blueprint("to_dos", "待办 to-dos")


class ToDoQuery(Command):
    cycle = text(100, metadata={"description": "by default the newest open one"})


class ToDoList(Document):
    count = fields.Integer(required=True)
    items = fields.List(fields.Dict(), required=True, metadata={"description": "the first twenty"})


class ToDos(Document):
    cycle = fields.String(required=True, allow_none=True)
    lists = fields.Dict(keys=fields.String(), values=fields.Nested(ToDoList), required=True)


@to_dos.route("/to-dos")
@to_dos.arguments(ToDoQuery, location="query")
@to_dos.response(200, ToDos)
def list_to_dos(query: dict[str, Any]) -> dict[str, Any]:
    """待办 to declare, to verify, to assess, orders to answer, ballots to cast …"""
    return call("declarations", "list_to_dos", query, read=True)
