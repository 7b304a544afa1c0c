"""To-dos: what waits for the actor (待办), and what the actor did (已办)."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Range

from gateway.api.core import LIMIT, Command, Document, blueprint, text, whole
from gateway.rpc import call

to_dos = blueprint("to_dos", "待办 to-dos")


class ToDoQuery(Command):
    cycle = text(100, metadata={"description": "by default the newest open one"})


class ToDoList(Document):
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True, metadata={"description": "of them, past their deadline"})
    next_due = fields.Date(required=True, allow_none=True, metadata={"description": "the nearest deadline to come"})
    items = fields.List(fields.Dict(), required=True, metadata={"description": "the twenty most urgent, with `due_on`"})


class ToDos(Document):
    cycle = fields.String(required=True, allow_none=True)
    lists = fields.Dict(keys=fields.String(), values=fields.Nested(ToDoList), required=True)


class DoneQuery(Command):
    cycle = text(100, required=True)
    kind = text(100, metadata={"description": "declaration, order, contribution …"})
    before = whole(1, metadata={"description": "`next` of the page before"})
    limit = fields.Integer(load_default=100, validate=Range(1, LIMIT))


class Deed(Document):
    seq = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True, metadata={"description": "declaration, order, contribution …"})
    item = fields.String(required=True, metadata={"description": "its id"})
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    period = fields.String(required=True, allow_none=True)
    before = fields.String(required=True, allow_none=True, metadata={"description": "status before; null: new"})
    after = fields.String(required=True, metadata={"description": "status after"})


class Deeds(Document):
    items = fields.List(fields.Nested(Deed), required=True)
    next = fields.Integer(required=True, allow_none=True)


@to_dos.route("/to-dos")
@to_dos.arguments(ToDoQuery, location="query")
@to_dos.response(200, ToDos)
def list_to_dos(query: dict[str, Any]) -> dict[str, Any]:
    """待办 to declare, to verify, to assess, orders to answer, ballots to cast …"""
    return call("declarations", "list_to_dos", query, read=True)


@to_dos.route("/to-dos/done")
@to_dos.arguments(DoneQuery, location="query")
@to_dos.response(200, Deeds)
def list_done(query: dict[str, Any]) -> dict[str, Any]:
    """已办 what one did, the newest first"""
    return call("declarations", "list_done", query, read=True)
