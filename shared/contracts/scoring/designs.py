"""What if, and what decides: for whoever designs the next library and model, on the real year. Nothing here is stored."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range

from shared.contracts.operations import Family
from shared.contracts.rule_params import RuleParams
from shared.contracts.scoring.comparisons import SubjectChange
from shared.contracts.scoring.scores import NumberChange, OneCycle, PlaceChange, QuotaDocument, key, number
from shared.contracts.shapes import Command, Document, Exact, flag, listing, note, whole, word
from shared.vocabulary.cycles import ROUNDINGS
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import COMPONENTS, INFLUENCES, RATINGS, SELF_SCORES

COMPUTING = 300  # seconds


def _places(places: int) -> Any:
    def check(number: Decimal) -> None:
        if number != round(number, places):
            raise ValidationError(f"at most {places} decimals")

    return check


def weight() -> Exact:
    return Exact(validate=Range(Decimal(0), Decimal(999_999)))


def points(most: int, places: int, **options: Any) -> Exact:
    return Exact(validate=[Range(Decimal(0), Decimal(most)), _places(places)], **options)


class ChangedIndicator(Command):
    full_points = points(9999, 1)
    rule_params = RuleParams(metadata={"description": "as the library has them"})
    active = flag("false leaves it out")


class AddedVeto(Command):
    subject = key(required=True)
    indicator = key()
    reason = note(2000)


class ChangedVetoes(Command):
    add = fields.List(fields.Nested(AddedVeto), load_default=list, validate=Length(max=500))
    lift = fields.List(
        key(),
        load_default=list,
        validate=Length(max=500),
        metadata={"description": "vetoes, or subjects of whom all are lifted"},
    )


class ChangedPoints(Command):
    subject = key(required=True)
    indicator = key(required=True)
    points = points(9999, 2, required=True, allow_none=True, metadata={"description": "null: the item does not apply"})


class ChangeSet(Command):
    weights = fields.Dict(
        keys=word(LAYERS),
        values=fields.Dict(keys=key(), values=fields.Dict(keys=key(), values=weight())),
        metadata={"description": "layer -> line -> category -> weight; each line whole, summing to 1"},
    )
    composite = fields.Dict(
        keys=key(),
        values=fields.Dict(keys=key(), values=weight()),
        metadata={"description": "target -> component -> weight"},
    )
    rounding = word(ROUNDINGS)
    quota_percent = whole(0, 100)
    tie_chain = fields.List(word(CATEGORIES), validate=Length(max=4))
    grade_values = fields.Dict(
        keys=word(RATINGS), values=weight(), metadata={"description": "等次系数 of every graded item"}
    )
    indicators = fields.Dict(keys=key(), values=fields.Nested(ChangedIndicator), validate=Length(max=500))
    vetoes = fields.Nested(ChangedVetoes)
    points = fields.List(
        fields.Nested(ChangedPoints),
        validate=Length(max=500),
        metadata={"description": "of single items, as an appeal might end"},
    )


class DesignQuery(OneCycle):
    run = key("its inputs; without it the year as it stands now", load_default=None, allow_none=True)
    layer = word(LAYERS, load_default="person")


class Trying(DesignQuery):
    changes = fields.Nested(ChangeSet, required=True)
    limit = whole(1, 1000, "how many of the changed subjects are listed, largest change first", load_default=100)


class Moved(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    rank = fields.Nested(PlaceChange, required=True)
    final = fields.Nested(NumberChange, required=True)


class QuotaChange(Document):
    before = fields.Nested(QuotaDocument, required=True)
    after = fields.Nested(QuotaDocument, required=True)


class TrialDocument(Document):
    layer = word(LAYERS, required=True)
    bureau_score = fields.Nested(NumberChange, required=True)
    quota = fields.Nested(QuotaChange, required=True)
    enter = listing(Moved, "who would enter the list")
    leave = listing(Moved, "who would leave it")
    changed = fields.Integer(required=True)
    items = listing(SubjectChange)


class WeightSensitivity(Document):
    line = fields.String(required=True, allow_none=True, metadata={"description": "null: of the composition"})
    weight = word((*CATEGORIES, *COMPONENTS), required=True)
    smallest_change = number("that changes a seat, e.g. +0.03; null: none up to 0.20 does")
    seats_at_5_points = fields.Integer(required=True)
    rank_shift_at_5_points = number("mean shift of ranks when it changes by 0.05")


class IndicatorInfluence(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    subjects = fields.Integer(required=True)
    mean_share = number("of the full points")
    deviation = number()
    full_marks = fields.Integer(required=True)
    zeros = fields.Integer(required=True)
    variance_share = number("of the layer score's variance that goes with it")
    seats_without = fields.Integer(required=True, metadata={"description": "seats that would go to others without it"})
    verdict = word(INFLUENCES, required=True)


class UndeclaredIndicator(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    subjects = fields.Integer(required=True, metadata={"description": "to whom it applies"})
    declared_by = fields.Integer(required=True)


class DesignDocument(Document):
    layer = word(LAYERS, required=True)
    ranked = fields.Integer(required=True)
    places = fields.Integer(required=True)
    weights = listing(WeightSensitivity)
    indicators = listing(IndicatorInfluence)
    undeclared = listing(UndeclaredIndicator)


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
    verdict = word(
        SELF_SCORES, "units: inflated, modest; assessors: severe, lenient; unremarkable, too_few", required=True
    )


class SelfScoresDocument(Document):
    cycle = fields.String(required=True)
    declarations = fields.Integer(required=True)
    units = listing(SelfScoreGroup)
    assessors = listing(SelfScoreGroup)


designs = Family(
    "scoring", "designs", "试算与设计 what if, sensitivity, items that decide nothing, self-scores against assessments"
)

try_changes = designs.post(
    "/designs/what-if", "try_changes", Trying, TrialDocument, may="oversees", reads=True, seconds=COMPUTING
)("试算 other weights, values, rules, vetoes or points on the real year: scores, ranks, who enters or leaves the list")
assess_design = designs.get(
    "/designs/influence", "assess_design", DesignQuery, DesignDocument, may="oversees", seconds=COMPUTING
)("指标与权重分析 sensitivity to each weight, items that decide nothing or much, items that nobody declares")
compare_self_scores = designs.get(
    "/designs/self-scores", "compare_self_scores", OneCycle, SelfScoresDocument, may="oversees", seconds=COMPUTING
)("自评与核评对比 by unit and assessor, with enough statistics not to accuse on noise")
