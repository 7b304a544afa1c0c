"""What if, and what decides: for whoever designs the next library and model, on the real year. Nothing here is stored."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, Exact, blueprint, text, whole
from gateway.api.runs import BeforeAfter, SubjectChange
from gateway.api.score_documents import CATEGORIES, LAYERS, number
from gateway.rpc import call

designs = blueprint(
    "designs", "试算与设计 what if, sensitivity, items that decide nothing, self-scores against assessments"
)
COMPUTING = 300.0  # seconds


def exact_weights(**options: Any) -> fields.Dict:
    return fields.Dict(keys=text(64), values=Exact(), **options)


class ChangedIndicator(Command):
    full_points = Exact()
    rule_params = fields.Dict()
    active = fields.Boolean(metadata={"description": "false leaves it out"})


class AddedVeto(Command):
    subject = text(64, required=True)
    indicator = text(64)
    reason = text(2000)


class ChangedVetoes(Command):
    add = fields.List(fields.Nested(AddedVeto), validate=Length(max=500))
    lift = fields.List(
        text(64), validate=Length(max=500), metadata={"description": "vetoes, or subjects of whom all are lifted"}
    )


class ChangedPoints(Command):
    subject = text(64, required=True)
    indicator = text(64, required=True)
    points = Exact(required=True, allow_none=True, metadata={"description": "null: the item does not apply"})


class ChangeSet(Command):
    weights = fields.Dict(
        keys=fields.String(validate=OneOf(LAYERS)),
        values=fields.Dict(keys=text(64), values=exact_weights()),
        metadata={"description": "layer -> line -> category -> weight; each line whole, summing to 1"},
    )
    composite = fields.Dict(
        keys=text(64), values=exact_weights(), metadata={"description": "target -> component -> weight"}
    )
    rounding = fields.String(validate=OneOf(("half_up", "half_even")))
    quota_percent = whole(0, 100)
    tie_chain = fields.List(fields.String(validate=OneOf(CATEGORIES)), validate=Length(max=4))
    grade_values = exact_weights(metadata={"description": "等次系数 of every graded item"})
    indicators = fields.Dict(keys=text(64), values=fields.Nested(ChangedIndicator), validate=Length(max=500))
    vetoes = fields.Nested(ChangedVetoes)
    points = fields.List(
        fields.Nested(ChangedPoints),
        validate=Length(max=500),
        metadata={"description": "of single items, as an appeal might end"},
    )


class DesignQuery(Command):
    cycle = text(64, required=True)
    run = text(64, metadata={"description": "its inputs; without it the year as it stands now"})
    layer = fields.String(load_default="person", validate=OneOf(LAYERS))


class NewTrial(DesignQuery):
    changes = fields.Nested(ChangeSet, required=True)
    limit = whole(
        1, 1000, metadata={"description": "how many of the changed subjects are listed, largest change first"}
    )


class CycleQuery(Command):
    cycle = text(64, required=True)


class Moved(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    rank = fields.Nested(BeforeAfter, required=True)
    final = fields.Nested(BeforeAfter, required=True)


class TrialDocument(Document):
    layer = fields.String(required=True)
    bureau_score = fields.Nested(BeforeAfter, required=True)
    quota = fields.Nested(BeforeAfter, required=True)
    enter = fields.List(fields.Nested(Moved), required=True, metadata={"description": "who would enter the list"})
    leave = fields.List(fields.Nested(Moved), required=True, metadata={"description": "who would leave it"})
    changed = fields.Integer(required=True)
    items = fields.List(fields.Nested(SubjectChange), required=True)


class WeightSensitivity(Document):
    line = fields.String(required=True, allow_none=True, metadata={"description": "null: of the composition"})
    weight = fields.String(required=True)
    smallest_change = number("that changes a seat, e.g. +0.03; null: none up to 0.20 does")
    seats_at_5_points = fields.Integer(required=True)
    rank_shift_at_5_points = number("mean shift of ranks when it changes by 0.05")


class IndicatorInfluence(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = fields.String(required=True)
    subjects = fields.Integer(required=True)
    mean_share = number("of the full points")
    deviation = number()
    full_marks = fields.Integer(required=True)
    zeros = fields.Integer(required=True)
    variance_share = number("of the layer score's variance that goes with it")
    seats_without = fields.Integer(required=True, metadata={"description": "seats that would go to others without it"})
    verdict = fields.String(
        required=True, validate=OneOf(("decides_nothing", "decides_much", "decides_something", "too_few"))
    )


class UndeclaredIndicator(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    subjects = fields.Integer(required=True, metadata={"description": "to whom it applies"})
    declared_by = fields.Integer(required=True)


class DesignDocument(Document):
    layer = fields.String(required=True)
    ranked = fields.Integer(required=True)
    places = fields.Integer(required=True)
    weights = fields.List(fields.Nested(WeightSensitivity), required=True)
    indicators = fields.List(fields.Nested(IndicatorInfluence), required=True)
    undeclared = fields.List(fields.Nested(UndeclaredIndicator), required=True)


class CorrelationDocument(Document):
    r = number()
    low = number("of its 95 % interval")
    high = number()


class SelfScoreGroup(Document):
    code = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    persons = fields.Integer(required=True)
    declarations = fields.Integer(required=True)
    gap = number("mean of (self − assessed) ÷ full points over persons")
    difference = number("to the others; an assessor's on the same indicators only")
    q = number("its p, adjusted for the number of groups")
    correlation = fields.Nested(CorrelationDocument, required=True, allow_none=True)
    verdict = fields.String(
        required=True,
        metadata={"description": "units: inflated, modest; assessors: severe, lenient; unremarkable, too_few"},
    )


class SelfScoresDocument(Document):
    cycle = fields.String(required=True)
    declarations = fields.Integer(required=True)
    units = fields.List(fields.Nested(SelfScoreGroup), required=True)
    assessors = fields.List(fields.Nested(SelfScoreGroup), required=True)


@designs.route("/designs/what-if", methods=["POST"])
@designs.arguments(NewTrial)
@designs.response(200, TrialDocument)
def try_changes(command: dict[str, Any]) -> dict[str, Any]:
    """试算 other weights, values, rules, vetoes or points on the real year: scores, ranks, who enters or leaves the list"""
    return call("scoring", "try_changes", command, read=True, timeout=COMPUTING)


@designs.route("/designs/influence")
@designs.arguments(DesignQuery, location="query")
@designs.response(200, DesignDocument)
def assess_design(query: dict[str, Any]) -> dict[str, Any]:
    """指标与权重分析 sensitivity to each weight, items that decide nothing or much, items that nobody declares"""
    return call("scoring", "assess_design", query, read=True, timeout=COMPUTING)


@designs.route("/designs/self-scores")
@designs.arguments(CycleQuery, location="query")
@designs.response(200, SelfScoresDocument)
def compare_self_scores(query: dict[str, Any]) -> dict[str, Any]:
    """自评与核评对比 by unit and assessor, with enough statistics not to accuse on noise"""
    return call("scoring", "compare_self_scores", query, read=True, timeout=COMPUTING)
