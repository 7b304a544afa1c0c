"""Cycles: 考核年度."""

from typing import Any

from marshmallow import fields

from gateway.api.core import (
    Command,
    Document,
    Exact,
    PageQuery,
    blueprint,
    etag,
    if_match,
    paged,
    text,
    whole,
)
from gateway.rpc import call

cycles = blueprint("cycles", "考核年度 cycles and what each of their states permits")

# The step that each verb takes a cycle to.
STEPS = {"open": "open", "closing": "closing", "close": "closed", "publish": "published", "archive": "archived"}


class ModelBody(Command):
    rounding = text(20, metadata={"description": "half_up or half_even"})
    quota_percent = whole(0, 100)
    tie_chain = fields.List(text(20), metadata={"description": "categories compared in turn where scores are equal"})
    calendar = fields.Dict(
        keys=fields.String(),
        values=fields.Boolean(),
        metadata={"description": "date -> worked, beside the national calendar"},
    )


class NewCycle(ModelBody):
    cycle = text(4, required=True, metadata={"description": "the year"})
    starts = fields.Date()
    ends = fields.Date()
    copy_from = text(4, metadata={"description": "a year whose library (as the draft), model and rules it begins with"})


class PeriodDocument(Document):
    code = fields.String(required=True, metadata={"description": "2026-M01, 2026-Q1, 2026-H1, 2026-Y"})
    frequency = fields.String(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)


class CycleDocument(Document):
    cycle = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "draft, open, closing, closed, published, archived"})
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    periods = fields.List(fields.Nested(PeriodDocument), required=True)
    library_revision = fields.Integer(required=True)
    model_revision = fields.Integer(required=True)
    weights = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=Exact())),
        required=True,
        metadata={"description": "layer -> line -> category -> weight"},
    )
    composite = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=Exact()), required=True
    )
    rounding = fields.String(required=True)
    quota_percent = fields.Integer(required=True)
    tie_chain = fields.List(fields.String(), required=True)
    evaluations = fields.String(required=True, metadata={"description": "which count: raw or adjusted"})
    calendar = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
    permits = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "what this status permits: claim, declare, change_library …"},
    )
    revision = fields.Integer(required=True)


@cycles.route("/cycles", methods=["POST"])
@cycles.arguments(NewCycle)
@cycles.response(201, CycleDocument)
def create_cycle(command: dict[str, Any]) -> Any:
    """新建考核年度 a cycle, as a draft"""
    return etag(call("targets", "create_cycle", command), 201)


@cycles.route("/cycles")
@cycles.arguments(PageQuery, location="query")
@cycles.response(200, paged(CycleDocument))
def list_cycles(query: dict[str, Any]) -> dict[str, Any]:
    """考核年度列表 cycles"""
    return call("targets", "list_cycles", query, read=True)


@cycles.route("/cycles/<cycle>")
@cycles.response(200, CycleDocument)
def get_cycle(cycle: str) -> Any:
    """考核年度 one cycle with its periods and model"""
    return etag(call("targets", "get_cycle", {"cycle": cycle}, read=True))


@cycles.route("/cycles/<cycle>", methods=["PATCH"])
@cycles.arguments(ModelBody)
@cycles.response(200, CycleDocument)
def change_cycle(command: dict[str, Any], cycle: str) -> Any:
    """调整规则 rounding, quota, tie chain, calendar, from today; needs If-Match"""
    body = {**command, "cycle": cycle, "revision": if_match()}
    return etag(call("targets", "change_cycle", body))


@cycles.route(f"/cycles/<cycle>/<any({','.join(STEPS)}):step>", methods=["POST"])
@cycles.response(200, CycleDocument)
def move_cycle(cycle: str, step: str) -> Any:
    """推进 take the cycle to its next status: open, closing, close, publish, archive"""
    body = {"cycle": cycle, "status": STEPS[step], "revision": if_match(required=False)}
    return etag(call("targets", "move_cycle", body))
