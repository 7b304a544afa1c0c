"""Deciding handed over during absence, and the notices that reach whoever holds a duty."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Range

from gateway.api.core import LIMIT, Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.rpc import call

delegations = blueprint("delegations", "委托与提醒 delegations and notices")


class NewDelegation(Command):
    principal = text(100, metadata={"description": "by default oneself; the office for a head who is away"})
    delegate = text(100, required=True)
    role = text(100, required=True, metadata={"description": "unit_head, assessor, leader, hr, complaints_centre"})
    target = text(100, allow_none=True, metadata={"description": "unit or line; none: bureau-wide"})
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, metadata={"description": "the last day"})
    reason = text(4000, required=True)


class EndedDelegation(Command):
    revision = whole(1)


class DelegationQuery(PageQuery):
    active = fields.Boolean(metadata={"description": "only those not ended and not past"})


class DelegationDocument(Document):
    delegation = fields.String(required=True)
    revision = fields.Integer(required=True)
    principal = fields.String(required=True)
    delegate = fields.String(required=True)
    role = fields.String(required=True)
    target = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, metadata={"description": "of the principal"})
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    status = fields.String(required=True, metadata={"description": "active, ended"})
    in_force = fields.Boolean(required=True, metadata={"description": "today"})
    reason = fields.String(required=True)
    made_by = fields.String(required=True)
    ended_by = fields.String(required=True, allow_none=True)


class NoticeQuery(Command):
    unread = fields.Boolean()
    before = text(100, metadata={"description": "`next` of the page before"})
    limit = fields.Integer(load_default=100, validate=Range(1, LIMIT))


class NoticeContent(Document):
    zh = fields.String(required=True)
    en = fields.String(required=True)
    count = fields.Integer(required=True)
    due_on = fields.Date(required=True)


class NoticeDocument(Document):
    notice = fields.String(required=True)
    cycle = fields.String(required=True)
    address = fields.String(required=True, metadata={"description": "to whom: person:P0001, head:D10, assessor:D09 …"})
    kind = fields.String(required=True)
    about = fields.String(required=True)
    on = fields.Date(required=True)
    read = fields.Boolean(required=True)
    content = fields.Nested(NoticeContent, required=True)


class Notices(Document):
    items = fields.List(fields.Nested(NoticeDocument), required=True)
    next = fields.String(required=True, allow_none=True)


class ReadNotices(Command):
    notices = batch(text(100))


class NoticesRead(Document):
    read = fields.Integer(required=True, metadata={"description": "that had not been read before"})


@delegations.route("/delegations", methods=["POST"])
@delegations.arguments(NewDelegation)
@delegations.response(201, DelegationDocument)
def delegate(command: dict[str, Any]) -> dict[str, Any]:
    """委托 hand one role over for a span of days"""
    return call("declarations", "delegate", command)


@delegations.route("/delegations/<delegation>/end", methods=["POST"])
@delegations.arguments(EndedDelegation)
@delegations.response(200, DelegationDocument)
def end_delegation(command: dict[str, Any], delegation: str) -> dict[str, Any]:
    """终止委托 end it before its last day"""
    return call("declarations", "end_delegation", {**command, "delegation": delegation})


@delegations.route("/delegations")
@delegations.arguments(DelegationQuery, location="query")
@delegations.response(200, paged(DelegationDocument))
def list_delegations(query: dict[str, Any]) -> dict[str, Any]:
    """委托列表 who stands in for whom"""
    return call("declarations", "list_delegations", query, read=True)


@delegations.route("/notices")
@delegations.arguments(NoticeQuery, location="query")
@delegations.response(200, Notices)
def list_notices(query: dict[str, Any]) -> dict[str, Any]:
    """提醒 notices to oneself and to the duties one holds, the newest first"""
    return call("declarations", "list_notices", query, read=True)


@delegations.route("/notices/read", methods=["POST"])
@delegations.arguments(ReadNotices)
@delegations.response(200, NoticesRead)
def read_notices(command: dict[str, Any]) -> dict[str, Any]:
    """标为已读 mark as read"""
    return call("declarations", "read_notices", command)
