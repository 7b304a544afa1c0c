"""What a standing looks like as a whole: finals, units (or a unit's people) by indicators, and what was declared period by period."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import key, number
from shared.contracts.shapes import Command, Document, listing, word
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS


class OverviewQuery(Command):
    cycle = key(required=True)
    layer = word(LAYERS, load_default="station")
    unit = key("whose people; needed of the layer `person`", load_default=None, allow_none=True)


class OverviewCell(Document):
    points = number()
    due = fields.Integer(required=True, metadata={"description": "periods in which something was due"})
    declared = fields.Integer(required=True)


class OverviewRow(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    line = fields.String(required=True)
    score = number("of its own layer")
    final = number()
    rank = fields.Integer(required=True, allow_none=True)
    cells = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(OverviewCell),
        required=True,
        metadata={"description": "indicator -> its points; those that do not concern the subject are left out"},
    )


class OverviewIndicator(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    full_points = number()


class OverviewPeriod(Document):
    period = fields.String(required=True)
    done = fields.Integer(required=True, metadata={"description": "items that were declared and decided"})
    waiting = fields.Integer(required=True, metadata={"description": "declared, on somebody's desk"})
    not_declared = fields.Integer(required=True)
    not_applicable = fields.Integer(required=True)


class OverviewDocument(Document):
    cycle = fields.String(required=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True, allow_none=True)
    as_of = fields.Date(required=True)
    indicators = listing(OverviewIndicator)
    subjects = listing(OverviewRow)
    periods = listing(OverviewPeriod, "over all these subjects")


overviews = Family("scoring", "overviews", "得分分析 the standing as a whole")

get_overview = overviews.get(
    "/standings/overview", "get_standing_overview", OverviewQuery, OverviewDocument, may="detail_sight"
)(
    "总览 the standing of whom one may see: subject by subject with the points of every item, and period by period how many items"
    " were decided, wait or were not declared"
)
