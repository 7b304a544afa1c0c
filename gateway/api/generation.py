"""Targets generated from past years: 目标生成."""

from typing import Any

from marshmallow import fields

from gateway.api.claims import ShortageDocument
from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, etag, if_match, paged, text, whole
from gateway.rpc import call

generation = blueprint("generation", "目标生成 targets from history and the leaders' limits")


class RuleBody(Command):
    prefix = text(10, required=True, metadata={"description": "items whose code begins so: 04, 04-01, 04-01-02"})
    unit_kinds = fields.List(text(20), metadata={"description": "none: every kind"})
    positions = fields.List(text(20), metadata={"description": "none: every position"})
    not_positions = fields.List(text(20))


class SettingsBody(Command):
    smoothing = Exact(metadata={"description": "α: the weight of the last year, 0 to 1"})
    ratchet = Exact(metadata={"description": "λ: how far a forecast is drawn to the median, 0 to 1"})
    trend = Exact(metadata={"description": "φ: how much of a trend goes on, 0 to 1"})
    positions = fields.Dict(
        keys=fields.String(), values=Exact(), metadata={"description": "position -> part of a load"}
    )
    persons = fields.Dict(keys=fields.String(), values=Exact(), metadata={"description": "person -> part of a load"})
    eligibility = fields.List(fields.Nested(RuleBody))


class SettingsDocument(Document):
    cycle = fields.String(required=True)
    smoothing = Exact(required=True)
    ratchet = Exact(required=True)
    trend = Exact(required=True)
    positions = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    persons = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    eligibility = fields.List(fields.Dict(), required=True)
    revision = fields.Integer(required=True)


class ResultBody(Command):
    indicator = text(10, required=True)
    subject = text(20, required=True, metadata={"description": "a unit, a person, or * for the bureau"})
    year = text(4, required=True)
    quantity = Exact(required=True)


class ResultsBody(Command):
    results = batch(ResultBody)


class RecordedDocument(Document):
    recorded = fields.Integer(required=True)


class ResultQuery(PageQuery):
    indicator = text(10)
    subject = text(20, metadata={"description": "a unit, a person, or * for the bureau"})


class ResultDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    year = fields.String(required=True)
    quantity = Exact(required=True)
    origin = fields.String(required=True, metadata={"description": "published by scoring, or recorded by the office"})


class GenerationDocument(Document):
    generation = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "proposed, applied"})
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    applied_by = fields.String(required=True, allow_none=True)
    applied_at = fields.DateTime(required=True, allow_none=True)


class BoundBody(Command):
    indicator = text(10, required=True)
    subject = text(20, required=True, metadata={"description": "a unit, a person, or * for the bureau's target"})
    floor = Exact(allow_none=True)
    ceiling = Exact(allow_none=True)
    reason = text(500, required=True)


class BoundsBody(Command):
    bounds = batch(BoundBody)


class BoundsSetDocument(Document):
    set = fields.Integer(required=True)


class SubjectQuery(PageQuery):
    indicator = text(10)
    subject = text(20)


class BoundDocument(Document):
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    floor = Exact(required=True, allow_none=True)
    ceiling = Exact(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    revision = fields.Integer(required=True)


class GeneratedDocument(Document):
    generation = whole(1, required=True)
    indicators = fields.Integer(required=True)
    changed = fields.Integer(required=True, metadata={"description": "targets that would change"})
    units = fields.Integer(required=True, metadata={"description": "shares of units that were forecast"})
    shortages = fields.List(fields.Nested(ShortageDocument), required=True)


class ReasonDocument(Document):
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ForecastDocument(Document):
    generation = fields.Integer(required=True)
    indicator = fields.String(required=True)
    subject = fields.String(required=True)
    history = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    method = fields.String(required=True, metadata={"description": "smoothing, combined, none"})
    forecast = Exact(required=True, allow_none=True)
    peer = Exact(required=True, allow_none=True, metadata={"description": "the median it is drawn to"})
    damped = Exact(required=True, allow_none=True)
    floor = Exact(required=True, allow_none=True)
    ceiling = Exact(required=True, allow_none=True)
    proposed = Exact(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonDocument), required=True)


class AppliedDocument(Document):
    generation = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    library_revision = fields.Integer(required=True, metadata={"description": "of the draft"})


@generation.route("/cycles/<cycle>/generation-settings")
@generation.response(200, SettingsDocument)
def get_generation_settings(cycle: str) -> Any:
    """生成设置 how targets are forecast and who counts how much"""
    return etag(call("targets", "get_generation_settings", {"cycle": cycle}, read=True))


@generation.route("/cycles/<cycle>/generation-settings", methods=["PATCH"])
@generation.arguments(SettingsBody)
@generation.response(200, SettingsDocument)
def set_generation_settings(command: dict[str, Any], cycle: str) -> Any:
    """修改生成设置 the whole document; needs If-Match"""
    body = {**command, "cycle": cycle, "revision": if_match()}
    return etag(call("targets", "set_generation_settings", body))


@generation.route("/results", methods=["POST"])
@generation.arguments(ResultsBody)
@generation.response(200, RecordedDocument)
def record_results(command: dict[str, Any]) -> dict[str, Any]:
    """登记往年实绩 what units and persons reached in past years"""
    return call("targets", "record_results", command)


@generation.route("/results")
@generation.arguments(ResultQuery, location="query")
@generation.response(200, paged(ResultDocument))
def list_results(query: dict[str, Any]) -> dict[str, Any]:
    """往年实绩 what targets are generated from: published by scoring, of earlier years recorded by the office"""
    return call("targets", "list_results", query, read=True)


@generation.route("/cycles/<cycle>/bounds", methods=["POST"])
@generation.arguments(BoundsBody)
@generation.response(200, BoundsSetDocument)
def set_bounds(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """设定上下限 the leaders' floor and ceiling, with the reason"""
    return call("targets", "set_bounds", {**command, "cycle": cycle})


@generation.route("/cycles/<cycle>/bounds")
@generation.arguments(SubjectQuery, location="query")
@generation.response(200, paged(BoundDocument))
def list_bounds(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """上下限列表 floors and ceilings, who set them and why"""
    return call("targets", "list_bounds", {**query, "cycle": cycle}, read=True)


@generation.route("/cycles/<cycle>/generations", methods=["POST"])
@generation.response(201, GeneratedDocument)
def generate_targets(cycle: str) -> dict[str, Any]:
    """生成目标 forecast next year's targets and the units' shares of them; changes nothing yet"""
    return call("targets", "generate_targets", {"cycle": cycle})


@generation.route("/cycles/<cycle>/generations")
@generation.response(200, paged(GenerationDocument))
def list_generations(cycle: str) -> dict[str, Any]:
    """生成记录 what was generated for the year, the newest first"""
    return call("targets", "list_generations", {"cycle": cycle}, read=True)


@generation.route("/cycles/<cycle>/generations/<int:generation>/forecasts")
@generation.arguments(SubjectQuery, location="query")
@generation.response(200, paged(ForecastDocument))
def list_forecasts(query: dict[str, Any], cycle: str, generation: int) -> dict[str, Any]:
    """预测与理由 forecasts with the reason of every step"""
    return call("targets", "list_forecasts", {**query, "cycle": cycle, "generation": generation}, read=True)


@generation.route("/cycles/<cycle>/generations/<int:generation>/apply", methods=["POST"])
@generation.response(200, AppliedDocument)
def apply_generation(cycle: str, generation: int) -> dict[str, Any]:
    """采用目标 the proposed targets go into the library's draft"""
    return call("targets", "apply_generation", {"cycle": cycle, "generation": generation})
