"""Where points are reached and where not, unit by unit; and how scores came to be, month by month."""

from marshmallow import fields
from marshmallow.validate import Regexp

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import CategoriesDocument, OneCycle, key, number, table_of
from shared.contracts.shapes import Document, listing, word
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import BUREAU_COMPONENTS, COMPONENTS

REPORTING = 300  # seconds: every month is scored


class MatrixQuery(OneCycle):
    run = key("by default the standing of now", load_default=None, allow_none=True)
    layer = word(LAYERS, load_default="person")
    line = fields.String(
        validate=Regexp(r"\A[a-z][a-z0-9_]{0,39}\Z"),
        load_default=None,
        allow_none=True,
        metadata={"description": "only its items; `all`: those that the lines share"},
    )
    category = word(
        CATEGORIES,
        "by default all but contributions, whose full points are a cap and no expectation",
        load_default=None,
        allow_none=True,
    )


class SeriesQuery(OneCycle):
    run = key("by default the facts of now", load_default=None, allow_none=True)
    subject = key("a person or a unit; by default the bureau", load_default=None, allow_none=True)


class MatrixCell(Document):
    indicator = fields.String(required=True)
    share = number("mean of points ÷ full points, 0..1, four decimals")
    count = fields.Integer(required=True, metadata={"description": "subjects to whom the item applied"})


class MatrixIndicator(MatrixCell):
    """Of all rows together."""

    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    line = fields.String(required=True)
    full_points = number()


class MatrixUnit(Document):
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    subjects = fields.Integer(required=True)
    cells = listing(MatrixCell, "in the order of the indicators; without those that applied to nobody")


class MatrixDocument(Document):
    cycle = fields.String(required=True)
    run = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    as_of = fields.Date(required=True, allow_none=True, metadata={"description": "of the standing"})
    indicators = listing(MatrixIndicator)
    units = listing(MatrixUnit)


SeriesComponents = table_of("SeriesComponents", {**COMPONENTS, **BUREAU_COMPONENTS})


class SeriesPoint(Document):
    month = fields.String(required=True, metadata={"description": "2026-03"})
    until = fields.Date(required=True, metadata={"description": "what had ended by this day counts"})
    final = number("by the facts of periods that had ended; the bureau's own score where no subject is asked for")
    layer_score = number()
    rank = fields.Integer(required=True, allow_none=True)
    ranked = fields.Integer(required=True, allow_none=True, metadata={"description": "of how many"})
    components = fields.Nested(SeriesComponents, required=True)
    categories = fields.Nested(CategoriesDocument, required=True)


class SeriesDocument(Document):
    cycle = fields.String(required=True)
    run = fields.String(required=True, allow_none=True)
    subject = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True, allow_none=True)
    points = listing(SeriesPoint, "month by month; the last one of a year that goes on is the standing of today")


insights = Family("scoring", "insights", "得分分析 units by indicators, scores month by month")

read_matrix = insights.get("/reports/matrix", "read_matrix", MatrixQuery, MatrixDocument, may="may_read_report")(
    "单位与指标矩阵 mean share of the full points, for a run or by the facts of now; a head sees the row of the unit"
)
read_series = insights.get(
    "/reports/series", "read_series", SeriesQuery, SeriesDocument, may="may_read_series", seconds=REPORTING
)("逐月得分 of a person, a unit or the bureau, by what had ended by each month's end")
