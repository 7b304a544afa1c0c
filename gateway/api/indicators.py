"""Indicators: 三级指标."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, Exact, PageQuery, blueprint, paged, text, whole
from gateway.rpc import call

indicators = blueprint("indicators", "指标 indicators of a cycle's library")


class LibraryQuery(Command):
    library_revision = whole(1, 10_000, metadata={"description": "the published one where absent"})


class IndicatorQuery(PageQuery):
    cycle = text(4, required=True)
    library_revision = whole(1, 10_000, metadata={"description": "the published one where absent"})
    category = text(40)
    line = text(40)
    layer = text(40)
    tool = text(40)
    rule = text(40)
    source = text(40)
    frequency = text(40)


class TryBody(Command):
    counts = fields.Dict(
        keys=text(40),
        values=Exact(),
        required=True,
        metadata={"description": "quantity -> number, as the rule has them"},
    )
    target = Exact(allow_none=True, metadata={"description": "the subject's own target; rule ratio only"})
    library_revision = whole(1, 10_000, metadata={"description": "the draft's too; the published one where absent"})
    rule = text(20, metadata={"description": "in place of the indicator's own, before it is stored"})
    rule_params = fields.Dict(keys=text(40), metadata={"description": "the same"})
    full_points = Exact(metadata={"description": "the same"})


class IndicatorDocument(Document):
    indicator = fields.String(required=True)
    level1 = fields.String(required=True)
    level2 = fields.String(required=True)
    name = fields.String(required=True)
    category = fields.String(required=True)
    nature = fields.String(required=True)
    tool = fields.String(required=True)
    line = fields.String(required=True)
    layers = fields.List(fields.String(), required=True)
    measure_unit = fields.String(required=True)
    full_points = Exact(required=True)
    rule = fields.String(required=True)
    rule_params = fields.Dict(keys=fields.String(), required=True)
    frequency = fields.String(required=True)
    assessor = fields.String(required=True, metadata={"description": "code of the assessing unit"})
    evidence = fields.String(required=True)
    standard = fields.String(required=True)
    basis = fields.String(required=True)
    source = fields.String(required=True)
    figure = fields.String(required=True, allow_none=True)
    history = fields.Dict(keys=fields.String(), values=Exact(allow_none=True), required=True)
    target = Exact(required=True, allow_none=True)
    per_person_cap = Exact(required=True, allow_none=True)
    library_revision = fields.Integer(required=True)
    active = fields.Boolean(required=True)


class TryDocument(Document):
    indicator = fields.String(required=True)
    rule = fields.String(required=True)
    full_points = Exact(required=True)
    points = Exact(required=True)
    explanation = fields.String(required=True, metadata={"description": "the arithmetic, in Chinese"})


class RuleDocument(Document):
    rule = fields.String(required=True)
    name = fields.String(required=True)
    formula = fields.String(required=True)
    params_schema = fields.Dict(required=True, metadata={"description": "JSON Schema of rule_params"})


@indicators.route("/rules")
@indicators.response(200, paged(RuleDocument))
def list_rules() -> dict[str, Any]:
    """计分规则 the seven rules, each with the JSON Schema of its parameters"""
    return call("targets", "list_rules", {}, read=True)


@indicators.route("/indicators")
@indicators.arguments(IndicatorQuery, location="query")
@indicators.response(200, paged(IndicatorDocument))
def list_indicators(query: dict[str, Any]) -> dict[str, Any]:
    """指标列表 the indicators of a cycle's library"""
    return call("targets", "list_indicators", query, read=True)


@indicators.route("/cycles/<cycle>/indicators/<indicator>")
@indicators.arguments(LibraryQuery, location="query")
@indicators.response(200, IndicatorDocument)
def get_indicator(query: dict[str, Any], cycle: str, indicator: str) -> dict[str, Any]:
    """指标 one indicator"""
    return call("targets", "get_indicator", {**query, "cycle": cycle, "indicator": indicator}, read=True)


@indicators.route("/cycles/<cycle>/indicators/<indicator>/try", methods=["POST"])
@indicators.arguments(TryBody)
@indicators.response(200, TryDocument)
def try_indicator(command: dict[str, Any], cycle: str, indicator: str) -> dict[str, Any]:
    """试算 the points that these quantities would bring; nothing is stored"""
    return call("targets", "try_indicator", {**command, "cycle": cycle, "indicator": indicator}, read=True)
