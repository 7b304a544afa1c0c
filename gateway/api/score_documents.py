"""What scores look like from outside: shared by runs and standings."""

from typing import Any
from urllib.parse import quote

from flask import Response
from marshmallow import fields

from gateway.api.core import Command, Document

LAYERS = ("division", "station", "person")
CATEGORIES = ("common", "professional", "contribution", "additional")


# What flask-smorest documents for a PDF.
PAPER: dict[str, Any] = {"type": "string", "format": "binary"}


def pdf(content: bytes, name: str) -> Response:
    """An answer that browsers show, and save as ``name``.pdf."""
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    return response


class ExplanationQuery(Command):
    evidence = fields.Boolean(
        load_default=False, metadata={"description": "with evidence, remarks and standards, which others keep"}
    )


def number(description: str = "") -> fields.String:
    """A published number as decimal text; null where there is none."""
    return fields.String(required=True, allow_none=True, metadata={"description": description})


def scores(description: str) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        required=True,
        metadata={"description": description},
    )


class StruckBy(Document):
    veto = fields.String(required=True)
    indicator = fields.String(required=True)
    reason = fields.String(required=True)
    name = fields.String(
        allow_none=True, metadata={"description": "of the indicator; in explanations, as the next one"}
    )
    sentence = fields.String()


class ScoreDocument(Document):
    subject = fields.String(required=True)
    name = fields.String(allow_none=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(allow_none=True)
    line = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True, metadata={"description": "1, 1, 3; null without a score"})
    final = number("532 of a person, the composite score of a unit")
    layer_score = number("the subject's own layer")
    components = scores("what the final score is made of; means with four decimals")
    categories = scores("0..100 with four decimals")
    line_scores = scores("a station's five lines, else the one")
    nominated = fields.Boolean(required=True, metadata={"description": "within the quota"})
    struck = fields.Boolean(required=True, metadata={"description": "nominated, but vetoed"})
    commended = fields.Boolean(required=True, metadata={"description": "先进: nominated and not struck"})
    tied = fields.Boolean(required=True, metadata={"description": "equal at the quota's edge: the panel chooses"})
    vetoes = fields.List(fields.Nested(StruckBy), required=True)


class QuotaDocument(Document):
    percent = fields.Integer(required=True)
    ranked = fields.Integer(required=True)
    places = fields.Integer(required=True)
    nominated = fields.Integer(required=True)
    struck = fields.Integer(required=True)
    tied = fields.Integer(required=True)


class BureauScoreDocument(Document):
    score = number("全局得分")
    components = scores("the means that made it")
    quota = fields.Dict(keys=fields.String(), values=fields.Nested(QuotaDocument), required=True)


class DuePeriodsDocument(Document):
    due = fields.Integer(required=True)
    declared = fields.Integer(required=True)


class FactDocument(Document):
    kind = fields.String(required=True)
    fact = fields.String(required=True, metadata={"description": "id of the declaration, task order, contribution ..."})
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True)
    not_applicable = fields.Boolean(required=True)
    counts = scores("the quantities of the rule")
    ballots = fields.Dict(
        metadata={"description": "of an evaluation with weights or groups left out: votes, weighted, left_out"}
    )
    people = scores("declared_by, verified_by, assessed_by, judged_by, settled_by")
    sentence = fields.String(metadata={"description": "2026 年 3 月申报：完成 3（张三申报，李四核实，王五核评）"})
    did = fields.String(metadata={"description": "who did what, as at the end of the sentence"})
    evidence = fields.List(fields.String(), metadata={"description": "佐证; with ?evidence=true, as the next ones"})
    remark = fields.String()
    reason = fields.String(metadata={"description": "of a correction"})
    machine = fields.Dict(allow_none=True, metadata={"description": "what the machine counted"})
    differs = fields.Boolean(metadata={"description": "the declared quantities differ from the machine's"})
    changed_since = fields.Boolean(metadata={"description": "the declaration was changed after this was scored"})
    shown_at = fields.List(fields.String(), metadata={"description": "where its days with punches, or cases, are read"})


class ItemScoreDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    tool = fields.String(required=True)
    rule = fields.String(required=True)
    params = fields.Dict(required=True)
    full_points = number()
    points = number("null: not applicable")
    applicable = fields.Boolean(required=True)
    target = number()
    counts = scores("summed over the year")
    periods = fields.Nested(DuePeriodsDocument, required=True)
    period_points = scores("of rules scored period by period")
    formula = fields.String(required=True, metadata={"description": "the arithmetic, e.g. 5 × min(1, 34 ÷ 40) = 4.25"})
    sentence = fields.String()
    rule_text = fields.String(metadata={"description": "the rule's parameters in words"})
    standard = fields.String(allow_none=True)
    basis = fields.String(allow_none=True)
    source = fields.String(allow_none=True)
    measure_unit = fields.String(allow_none=True)
    facts = fields.List(fields.Nested(FactDocument), required=True)


class CategoryScoreDocument(Document):
    category = fields.String(required=True)
    weight = number()
    score = number()
    points = number()
    full_points = number()
    formula = fields.String(required=True)
    sentence = fields.String()
    items = fields.List(fields.Nested(ItemScoreDocument), required=True)


class LineScoreDocument(Document):
    line = fields.String(required=True)
    weight = number()
    score = number()
    formula = fields.String(required=True)
    sentence = fields.String()
    categories = fields.List(fields.Nested(CategoryScoreDocument), required=True)


class ExplanationDocument(ScoreDocument):
    run = fields.UUID()
    cycle = fields.String(required=True)
    provisional = fields.Boolean()
    formula = fields.String(required=True, metadata={"description": "86.94×0.5 + 90.00×0.3 + 88.00×0.2 = 88.07"})
    weights = scores("of the components")
    layer_formula = fields.String(required=True)
    sentence = fields.String()
    notes = fields.List(fields.String(), metadata={"description": "how to read it"})
    input_hash = fields.String(metadata={"description": "of the run"})
    frozen_at = fields.AwareDateTime()
    lines = fields.List(fields.Nested(LineScoreDocument), required=True)
