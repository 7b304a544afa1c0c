"""Spot checks: announced, drawn, inspected, closed. What goes in is here; what comes out beside it in spot_check_documents."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Exact, PageQuery, batch, blueprint, etag, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.api.spot_check_documents import (
    Corrections,
    DrawDocument,
    InspectionDocument,
    InspectionOutcomes,
    SpotCheckDocument,
    SpotCheckOutcome,
)
from gateway.rpc import call

spot_checks = blueprint("spot_checks", "抽查 spot checks and what they find")
KINDS = ["declaration", "task_order", "contribution"]


class Method(Command):
    name = fields.String(
        required=True,
        validate=OneOf(["gbt2828", "rate", "points", "size"]),
        metadata={"description": "by a plan of GB/T 2828.1, a tolerable rate, in proportion to points, or as asked"},
    )
    level = text(3, metadata={"description": "S-1 … S-4, I, II, III; by default II"})
    aql = Exact(metadata={"description": "by default 2.5"})
    severity = text(20, metadata={"description": "normal, tightened or reduced"})
    rate = Exact(metadata={"description": "tolerable share of false ones; by default 0.02"})
    size = whole(1, 60_000)
    confidence = Exact(metadata={"description": "by default 0.95"})
    strata = fields.Boolean(metadata={"description": "look harder where the risk is higher"})
    floor = Exact(metadata={"description": "share of the sample drawn by numbers alone: 0.05 (default) to 0.5"})


class NewSpotCheck(Command):
    cycle = text(100, required=True)
    title = text(4000, required=True)
    period = text(100, required=True, metadata={"description": "everything assessed in periods that lie in it"})
    line = text(100)
    unit = text(100)
    indicator = text(100)
    kinds = fields.List(fields.String(validate=OneOf(KINDS)), validate=Length(1, 3))
    method = fields.Nested(Method, required=True)
    inspectors = batch(text(100), limit=2000, metadata={"description": "persons from whom inspectors are drawn"})
    value_name = text(200, required=True, metadata={"description": "a public value still to come"})
    value_due = fields.Date(required=True, metadata={"description": "the day on which it becomes public"})
    veto_indicator = text(100, metadata={"description": "what a false declaration is proposed as"})


class ChosenSpotCheck(Command):
    cycle = text(100, required=True)
    revision = whole(1)


class Drawing(ChosenSpotCheck):
    value = text(200, required=True)


class Cancellation(ChosenSpotCheck):
    reason = text(4000, required=True)


class ChosenItem(Command):
    kind = fields.String(required=True, validate=OneOf(KINDS))
    item = text(100, required=True)


class CheckOnTheSpot(Command):
    cycle = text(100, required=True)
    title = text(4000)
    reason = text(4000, required=True)
    items = batch(ChosenItem)
    veto_indicator = text(100)


class ChosenInspection(Command):
    inspection = text(100, required=True)
    revision = whole(1)


class Finding(ChosenInspection):
    verdict = fields.String(required=True, validate=OneOf(["confirmed", "corrected", "false"]))
    evidence = fields.List(text(4000), validate=Length(max=50))
    text = fields.String(validate=Length(max=4000))
    counts = counts_field(allow_none=True, metadata={"description": "found true; needed unless confirmed"})


class Findings(Command):
    cycle = text(100, required=True)
    findings = batch(Finding)


class StandingBack(ChosenInspection):
    reason = text(4000, required=True)


class Recusals(Command):
    cycle = text(100, required=True)
    inspections = batch(StandingBack)


class NamedInspector(ChosenInspection):
    person = text(100, required=True)


class NamedInspectors(Command):
    cycle = text(100, required=True)
    inspections = batch(NamedInspector)


class SpotCheckQuery(PageQuery):
    cycle = text(100, required=True)
    status = text(100)
    kind = text(100)
    period = text(100)


class InspectionQuery(PageQuery):
    cycle = text(100, required=True)
    spot_check = text(100)
    status = text(100)
    verdict = text(100)
    subject = text(100)
    unit = text(100)
    inspector = text(100)


class CorrectionQuery(ChosenItem):
    cycle = text(100, required=True)


@spot_checks.route("/spot-checks", methods=["POST"])
@spot_checks.arguments(NewSpotCheck)
@spot_checks.response(201, SpotCheckOutcome)
def announce_spot_check(command: dict[str, Any]) -> dict[str, Any]:
    """公告抽查 freeze the list, publish its SHA-256 and the public value to come"""
    return call("declarations", "announce_spot_check", command)


@spot_checks.route("/spot-checks")
@spot_checks.arguments(SpotCheckQuery, location="query")
@spot_checks.response(200, paged(SpotCheckDocument))
def list_spot_checks(query: dict[str, Any]) -> dict[str, Any]:
    """抽查列表 every check of the bureau with its figures"""
    return call("declarations", "list_spot_checks", query, read=True)


@spot_checks.route("/spot-checks/on-the-spot", methods=["POST"])
@spot_checks.arguments(CheckOnTheSpot)
@spot_checks.response(201, SpotCheckOutcome)
def check_on_the_spot(command: dict[str, Any]) -> dict[str, Any]:
    """领导直接抽查 a leader checks any item, with a reason and without a draw"""
    return call("declarations", "check_on_the_spot", command)


@spot_checks.route("/spot-checks/<spot_check>")
@spot_checks.response(200, SpotCheckDocument)
def get_spot_check(spot_check: str) -> Any:
    """抽查详情 one check"""
    return etag(call("declarations", "get_spot_check", {"spot_check": spot_check}, read=True))


@spot_checks.route("/spot-checks/<spot_check>/draw")
@spot_checks.response(200, DrawDocument)
def get_draw(spot_check: str) -> dict[str, Any]:
    """抽取记录 what `kaohe spot-check verify` recomputes the draw from"""
    return call("declarations", "get_draw", {"spot_check": spot_check}, read=True)


@spot_checks.route("/spot-checks/<spot_check>/draw", methods=["POST"])
@spot_checks.arguments(Drawing)
@spot_checks.response(200, SpotCheckOutcome)
def draw_spot_check(command: dict[str, Any], spot_check: str) -> dict[str, Any]:
    """抽取 items and inspectors follow from the list and the public value"""
    return call("declarations", "draw_spot_check", {**command, "spot_check": spot_check})


@spot_checks.route("/spot-checks/<spot_check>/close", methods=["POST"])
@spot_checks.arguments(ChosenSpotCheck)
@spot_checks.response(200, SpotCheckOutcome)
def close_spot_check(command: dict[str, Any], spot_check: str) -> dict[str, Any]:
    """办结 with its figures, once every item is found"""
    return call("declarations", "close_spot_check", {**command, "spot_check": spot_check})


@spot_checks.route("/spot-checks/<spot_check>/cancel", methods=["POST"])
@spot_checks.arguments(Cancellation)
@spot_checks.response(200, SpotCheckOutcome)
def cancel_spot_check(command: dict[str, Any], spot_check: str) -> dict[str, Any]:
    """取消 with a reason, as long as nothing was found"""
    return call("declarations", "cancel_spot_check", {**command, "spot_check": spot_check})


@spot_checks.route("/inspections")
@spot_checks.arguments(InspectionQuery, location="query")
@spot_checks.response(200, paged(InspectionDocument))
def list_inspections(query: dict[str, Any]) -> dict[str, Any]:
    """抽查项 those one inspects, and those about oneself or one's people"""
    return call("declarations", "list_inspections", query, read=True)


@spot_checks.route("/inspections/findings", methods=["POST"])
@spot_checks.arguments(Findings)
@spot_checks.response(200, InspectionOutcomes)
def record_findings(command: dict[str, Any]) -> dict[str, Any]:
    """检查结果 confirmed, corrected or false"""
    return call("declarations", "record_findings", command)


@spot_checks.route("/inspections/recuse", methods=["POST"])
@spot_checks.arguments(Recusals)
@spot_checks.response(200, InspectionOutcomes)
def recuse_inspectors(command: dict[str, Any]) -> dict[str, Any]:
    """回避 the same draw names the next inspector"""
    return call("declarations", "recuse_inspectors", command)


@spot_checks.route("/inspections/name", methods=["POST"])
@spot_checks.arguments(NamedInspectors)
@spot_checks.response(200, InspectionOutcomes)
def name_inspectors(command: dict[str, Any]) -> dict[str, Any]:
    """指定检查人员 where nobody of the pool is left"""
    return call("declarations", "name_inspectors", command)


@spot_checks.route("/item-corrections")
@spot_checks.arguments(CorrectionQuery, location="query")
@spot_checks.response(200, Corrections)
def list_corrections(query: dict[str, Any]) -> dict[str, Any]:
    """更正记录 what checks and appeals changed in one item"""
    return call("declarations", "list_corrections", query, read=True)
