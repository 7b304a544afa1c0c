"""The figures of a month that cases end in."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, PageQuery, day, listing, month, paged, text, word
from shared.vocabulary.complaints import COUNTED_CASES, FIGURE_UNITS, FIGURES, SUCCESS_OVER, SUPERVISION_COUNTS
from shared.vocabulary.organisation import LAYERS


class OneMonth(Command):
    month = month(required=True)


class MonthFiguresQuery(PageQuery):
    month = month(required=True)
    layer = word(LAYERS, load_default=None)


class MonthFactsQuery(PageQuery):
    month = month(required=True)
    subject = text(20, required=True)


class CaseFigureDocument(Document):
    subject = fields.String(required=True)
    layer = word(LAYERS, required=True)
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    figures = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
        metadata={"description": "figure -> counts"},
    )
    reported = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
        allow_none=True,
        metadata={"description": "as the month was last closed; what was entered later makes the difference"},
    )
    by = fields.String(required=True, metadata={"description": "who closed the month, or `system`"})


class CaseFactDocument(Document):
    code = fields.String(required=True, metadata={"description": "the case"})
    case_number = fields.String(required=True)
    number = fields.Integer(required=True, metadata={"description": "of the fact within its case"})
    figure = fields.String(required=True)
    day = fields.Date(required=True)
    month = fields.String(required=True)
    unit = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    numerator = Exact(required=True)
    denominator = Exact(required=True)
    backdated = fields.Boolean(required=True, metadata={"description": "rests on a step recorded long after"})


class PeriodScope(Command):
    since = day("the first day", required=True)
    until = day("the last day", required=True)
    unit = text(20, load_default=None)
    handler = text(20, load_default=None)


class PeriodQuery(PeriodScope):
    denominator = word(SUCCESS_OVER, "of the share of successful mediations", load_default="concluded")


class PeriodFigure(Document):
    figure = word(FIGURES, required=True)
    zh = fields.String(required=True)
    numerator = Exact(required=True)
    denominator = Exact(required=True, allow_none=True)
    over = fields.String(required=True, metadata={"description": "what the denominator counts"})
    value = Exact(required=True, allow_none=True, metadata={"description": "null: n/a, nothing to count"})
    unit = word(FIGURE_UNITS, required=True)
    backdated = fields.Integer(required=True, metadata={"description": "facts that rest on late entries"})


class SupervisionCount(Document):
    count = word(SUPERVISION_COUNTS, required=True)
    zh = fields.String(required=True)
    cases = Exact(required=True, metadata={"description": "how many times"})
    of = Exact(required=True, allow_none=True, metadata={"description": "out of how many answers that were wanted"})


class PeriodFigures(Document):
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    figures = listing(PeriodFigure)
    supervision = listing(SupervisionCount)


class PeriodFactsQuery(PeriodScope, PageQuery):
    figure = word({**FIGURES, **SUPERVISION_COUNTS, **COUNTED_CASES}, load_default=None)


class ClosedCaseMonth(Document):
    month = fields.String(required=True)
    revision = fields.Integer(required=True)
    subjects = fields.Integer()
    changed = fields.Integer(metadata={"description": "subjects whose figures changed"})
    passed_over = fields.Integer(
        metadata={"description": "cases that cannot be reckoned by today's calendar; they count as they did"}
    )
    closed_at = fields.AwareDateTime()
    closed_by = fields.String()


figures = Family("complaints", "case_figures", "投诉举报数据 months of figures and the cases behind them")

list_months = figures.get("/case-figures", "list_months", PageQuery, paged(ClosedCaseMonth), may="anyone")(
    "已关账月份 closed months"
)
close_figures = figures.post(
    "/case-figures/<month>/close", "close_figures", OneMonth, ClosedCaseMonth, may="may_close_figures"
)("投诉举报月结 publish the month's figures; again takes in what changed since")
show_period = figures.get("/case-figures/period", "show_period", PeriodQuery, PeriodFigures, may="may_see_figures")(
    "任意时段指标 the twelve indicators of any period, unit or handler, each with its denominator"
)
list_period_facts = figures.get(
    "/case-figures/period/facts",
    "list_period_facts",
    PeriodFactsQuery,
    paged(CaseFactDocument),
    may="may_see_figures",
)("任意时段明细 the cases behind the indicators of any period, unit or handler")
list_figures = figures.get(
    "/case-figures/<month>", "list_figures", MonthFiguresQuery, paged(CaseFigureDocument), may="anyone"
)("月度投诉举报数据 a month's figures of whom one may see")
list_facts = figures.get(
    "/case-figures/<month>/<subject>", "list_facts", MonthFactsQuery, paged(CaseFactDocument), may="may_see_facts"
)("月度数据明细 the cases behind one subject's month")
