"""Handovers: claims that colleagues hand on among themselves (转让、代管申请)."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.claims_moving import UnplacedDocument
from gateway.api.core import LIMIT, Command, Document, Exact, PageQuery, blueprint, etag, if_match, paged, text, whole
from gateway.rpc import call

handovers = blueprint("handovers", "认领移交 claims handed on between colleagues")


class HandoverItem(Command):
    indicator = text(10, required=True)
    quantity = Exact(allow_none=True, metadata={"description": "all of the claim where absent"})


class HandoverBody(Command):
    cycle = text(4, required=True)
    kind = text(20, metadata={"description": "transfer (default): the items named; substitute: all of one's claims"})
    taker = text(20, required=True, metadata={"description": "the colleague"})
    items = fields.List(fields.Nested(HandoverItem), validate=Length(max=LIMIT))
    keep_served = fields.Boolean(
        metadata={"description": "of a substitution: keep the part of the days served (default)"}
    )
    last_day = fields.Date(allow_none=True)
    reason = text(500, required=True)


class AnswerBody(Command):
    cycle = text(4, required=True)
    accept = fields.Boolean(required=True)
    note = text(500)


class DecisionBody(Command):
    cycle = text(4, required=True)
    confirm = fields.Boolean(required=True)
    note = text(500)


class HandoverStepBody(Command):
    cycle = text(4, required=True)


class HandoverQuery(PageQuery):
    cycle = text(4, required=True)
    status = text(20, metadata={"description": "proposed, accepted, done, declined, refused, withdrawn, failed"})
    unit = text(20, metadata={"description": "those of a unit, for its head; one's own where absent"})


class RuleBody(Command):
    confirm = fields.Boolean(required=True, metadata={"description": "whether the head has to say yes"})
    days = whole(1, 90, allow_none=True, metadata={"description": "after which it stands though the head said nothing"})


class RuleDocument(Document):
    confirm = fields.Boolean(required=True)
    days = fields.Integer(required=True, allow_none=True)
    revision = fields.Integer(required=True)


class HandoverItemDocument(Document):
    indicator = fields.String(required=True)
    quantity = Exact(required=True, allow_none=True)


class HandoverDocument(Document):
    handover = fields.String(required=True)
    kind = fields.String(required=True)
    giver = fields.String(required=True)
    taker = fields.String(required=True)
    unit = fields.String(required=True, metadata={"description": "of the giver, whose head confirms"})
    crosses = fields.Boolean(required=True, metadata={"description": "to another unit: the office confirms"})
    items = fields.List(fields.Nested(HandoverItemDocument), required=True)
    keep_served = fields.Boolean(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    status = fields.String(required=True)
    revision = fields.Integer(required=True)
    stands_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "the day on which it stands unconfirmed"}
    )
    note = fields.String(required=True)
    answered_at = fields.DateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.DateTime(required=True, allow_none=True)


class ProposedHandover(HandoverDocument):
    unplaced = fields.List(fields.Nested(UnplacedDocument), required=True)


@handovers.route("/claims/handovers", methods=["POST"])
@handovers.arguments(HandoverBody)
@handovers.response(201, ProposedHandover)
def propose_handover(command: dict[str, Any]) -> dict[str, Any]:
    """申请移交 ask a colleague to take over some or all of one's claims"""
    return call("targets", "propose_handover", command)


@handovers.route("/claims/handovers")
@handovers.arguments(HandoverQuery, location="query")
@handovers.response(200, paged(HandoverDocument))
def list_handovers(query: dict[str, Any]) -> dict[str, Any]:
    """移交列表 one's own, those of a unit for its head, all for the office"""
    return call("targets", "list_handovers", query, read=True)


@handovers.route("/claims/handovers/<handover>/answer", methods=["POST"])
@handovers.arguments(AnswerBody)
@handovers.response(200, HandoverDocument)
def answer_handover(command: dict[str, Any], handover: str) -> dict[str, Any]:
    """同意或谢绝 the colleague's word"""
    return call("targets", "answer_handover", {**command, "handover": handover})


@handovers.route("/claims/handovers/<handover>/decide", methods=["POST"])
@handovers.arguments(DecisionBody)
@handovers.response(200, HandoverDocument)
def decide_handover(command: dict[str, Any], handover: str) -> dict[str, Any]:
    """负责人确认 the head's word, or the office's where it goes to another unit"""
    return call("targets", "decide_handover", {**command, "handover": handover})


@handovers.route("/claims/handovers/<handover>/withdraw", methods=["POST"])
@handovers.arguments(HandoverStepBody)
@handovers.response(200, HandoverDocument)
def withdraw_handover(command: dict[str, Any], handover: str) -> dict[str, Any]:
    """撤回移交 by whoever proposed it, before it is carried out"""
    return call("targets", "withdraw_handover", {**command, "handover": handover})


@handovers.route("/cycles/<cycle>/handover-rule")
@handovers.response(200, RuleDocument)
def get_handover_rule(cycle: str) -> Any:
    """移交规则 whether heads confirm handovers, and within how many days"""
    return etag(call("targets", "get_handover_rule", {"cycle": cycle}, read=True))


@handovers.route("/cycles/<cycle>/handover-rule", methods=["PATCH"])
@handovers.arguments(RuleBody)
@handovers.response(200, RuleDocument)
def set_handover_rule(command: dict[str, Any], cycle: str) -> Any:
    """设定移交规则 needs If-Match"""
    return etag(call("targets", "set_handover_rule", {**command, "cycle": cycle, "revision": if_match()}))
