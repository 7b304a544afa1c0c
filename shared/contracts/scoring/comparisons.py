"""What differs between two runs of a cycle, subject by subject."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import FlagChange, NumberChange, PlaceChange, RunPage, key, number
from shared.contracts.shapes import Document, listing, paged, word
from shared.vocabulary.organisation import LAYERS


class ComparisonQuery(RunPage):
    against = key("an earlier run of the cycle; by default the one before", load_default=None, allow_none=True)


class ItemChange(Document):
    indicator = fields.String(required=True)
    before = number("points; null: not applicable")
    after = number()


class ChangesDocument(Document):
    """Those that changed."""

    final = fields.Nested(NumberChange)
    layer_score = fields.Nested(NumberChange)
    rank = fields.Nested(PlaceChange)
    nominated = fields.Nested(FlagChange)
    struck = fields.Nested(FlagChange)
    commended = fields.Nested(FlagChange)
    tied = fields.Nested(FlagChange)


class SubjectChange(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    changes = fields.Nested(ChangesDocument, required=True)
    items = listing(ItemChange, "points of items")
    entered = fields.Boolean(required=True)
    left = fields.Boolean(required=True)


class ComparisonDocument(paged(SubjectChange)):  # type: ignore[misc]  # made at run time
    run = fields.String(required=True)
    against = fields.String(required=True)
    same_inputs = fields.Boolean(required=True)
    bureau_score = fields.Nested(NumberChange, required=True)
    changed = fields.Integer(required=True)


comparisons = Family("scoring", "comparisons", "核算比较 what differs between two runs")

compare_runs = comparisons.get(
    "/runs/<uuid:run>/differences", "compare_runs", ComparisonQuery, ComparisonDocument, may="detail_sight"
)("与前次核算的差异 what this run changed for each subject, against the one before")
