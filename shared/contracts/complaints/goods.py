"""商品质量抽检: plans, samples, what the laboratory found, what followed, and rates by goods."""

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    code,
    day,
    flag,
    listing,
    needed_text,
    note,
    paged,
    revision,
    sort,
    text,
    whole,
    word,
    year,
)
from shared.vocabulary.case_knowledge import SAMPLE_STATES, SAMPLE_STEPS

_QUARTER = Regexp(r"\A20[0-9]{2}-Q[1-4]\Z")


class NewGoodsPlan(Command):
    title = needed_text(200)
    goods = needed_text(200)
    quarter = fields.String(required=True, validate=_QUARTER, metadata={"description": "2026-Q3"})
    wanted = whole(1, 10_000, "how many samples", required=True)
    unit = text(20, "which takes them; null: any", load_default=None, allow_none=True)
    traders = fields.List(
        code(), load_default=list, validate=Length(max=200), metadata={"description": "where they are to be taken"}
    )


class ChangedGoodsPlan(NewGoodsPlan):
    plan = code(required=True)
    revision = revision(required=True)
    closed = flag("no more samples are taken", load_default=False)


class GoodsPlanFilter(SearchQuery):
    quarter = fields.String(load_default=None, validate=_QUARTER)
    closed = flag(load_default=None)
    sort = sort("quarter")


class NewSample(Command):
    plan = code(required=True)
    brand = note(200, load_default="")
    batch = needed_text(100)
    trader = code("of the register", required=True)
    unit = text(20, "which took it", required=True)
    taken_on = day(required=True)


class SampleStep(Command):
    sample = code(required=True)
    revision = revision(required=True)
    step = word(SAMPLE_STEPS, required=True)
    on = day(required=True)
    passed = flag("of a test", load_default=None, allow_none=True)
    laboratory = note(200, load_default="")
    report_number = note(100, load_default="")
    standard = note(200, "by which it was tested", load_default="")
    items = fields.List(text(200), load_default=list, validate=Length(max=50), metadata={"description": "which failed"})
    case = fields.UUID(load_default=None, allow_none=True, metadata={"description": "that was opened"})
    text = note(1000, load_default="")


class OneSample(Command):
    sample = code(required=True)


class SampleFilter(SearchQuery):
    status = word(SAMPLE_STATES, load_default=None)
    failed = flag(load_default=None)
    plan = fields.UUID(load_default=None)
    trader = text(100, "of the register", load_default=None)
    unit = text(20, load_default=None)
    quarter = fields.String(load_default=None, validate=_QUARTER)
    sort = sort("taken_on")


class RatesQuery(Command):
    year = year(required=True)


class GoodsPlanRecord(Document):
    plan = fields.String(required=True)
    revision = fields.Integer(required=True)
    title = fields.String(required=True)
    goods = fields.String(required=True)
    quarter = fields.String(required=True)
    wanted = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    tested = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    unit = fields.String(required=True, allow_none=True)
    traders = listing(fields.String())
    closed = fields.Boolean(required=True)


class SampleItem(Document):
    sample = fields.String(required=True)
    revision = fields.Integer(required=True)
    plan = fields.String(required=True)
    quarter = fields.String(required=True)
    goods = fields.String(required=True)
    brand = fields.String(required=True)
    batch = fields.String(required=True)
    trader = fields.String(required=True)
    trader_name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    taken_on = fields.Date(required=True)
    status = word(SAMPLE_STATES, required=True)
    failed = fields.Boolean(required=True, allow_none=True)


class SampleStepDocument(Document):
    step = word(SAMPLE_STEPS, required=True)
    on = fields.Date(required=True)
    by = fields.String(required=True)
    passed = fields.Boolean(required=True, allow_none=True)
    laboratory = fields.String(required=True)
    report_number = fields.String(required=True)
    standard = fields.String(required=True)
    items = listing(fields.String())
    case = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class SampleWhyNot(Document):
    step = word(SAMPLE_STEPS, required=True)
    zh = fields.String(required=True)


class SampleRecord(SampleItem):
    steps = listing(SampleStepDocument)
    may = listing(word(SAMPLE_STEPS))
    why_not = listing(SampleWhyNot)


class GoodsRate(Document):
    goods = fields.String(required=True)
    taken = fields.Integer(required=True)
    tested = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    rate = fields.String(
        required=True, allow_none=True, metadata={"description": "percent that failed; null (n/a): nothing was tested"}
    )
    few = fields.Boolean(required=True, metadata={"description": "so few were tested that the rate says little"})


class GoodsRates(Document):
    year = fields.String(required=True)
    items = listing(GoodsRate, "the most failed first")


goods = Family("complaints", "goods_checks", "商品质量抽检 spot checks of goods")

plan_check = goods.post("/goods-plans", "plan_check", NewGoodsPlan, GoodsPlanRecord, may="may_plan_checks", status=201)(
    "制定抽检计划 plan a check"
)
change_plan = goods.put("/goods-plans/<plan>", "change_plan", ChangedGoodsPlan, GoodsPlanRecord, may="may_plan_checks")(
    "调整抽检计划 change or close a plan"
)
list_plans = goods.get("/goods-plans", "list_plans", GoodsPlanFilter, paged(GoodsPlanRecord), may="may_see_credit")(
    "抽检计划 plans with what came of them"
)
take_sample = goods.post("/goods-samples", "take_sample", NewSample, SampleRecord, may="may_take_samples", status=201)(
    "登记抽样 a sample that was taken"
)
step_sample = goods.post(
    "/goods-samples/<sample>/steps", "step_sample", SampleStep, SampleRecord, may="may_take_samples"
)("登记检验与后处理 a result or what followed")
list_samples = goods.get("/goods-samples", "list_samples", SampleFilter, paged(SampleItem), may="may_see_credit")(
    "抽检样品 samples by state, plan, trader, unit, quarter"
)
show_sample = goods.get("/goods-samples/<sample>", "show_sample", OneSample, SampleRecord, may="may_see_credit")(
    "样品详情 one sample with what may be done"
)
list_rates = goods.get("/goods-rates", "list_rates", RatesQuery, GoodsRates, may="may_see_credit")(
    "抽检不合格率 rates of a year by goods"
)
