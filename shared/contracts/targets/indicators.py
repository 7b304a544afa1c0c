"""Indicators and the rules that score them: 三级指标、计分规则."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.rule_params import RuleParams
from shared.contracts.shapes import Command, Document, Empty, Exact, SearchQuery, line_code, listing, paged, sort, word
from shared.contracts.targets.fields import Quantity, cycle_code, edition, indicator_code, quantity
from shared.vocabulary.library import CATEGORIES, FREQUENCIES, MACHINE_FIGURES, NATURES, RULES, SOURCES, TOOLS
from shared.vocabulary.organisation import LAYERS

_FIGURES = tuple(figure for figures in MACHINE_FIGURES.values() for figure in figures)
_PUBLISHED = "the published one where absent"


class IndicatorQuery(SearchQuery):
    sort = sort("indicator", "name", "category", "line", "full_points")
    cycle = cycle_code()
    library_revision = edition(_PUBLISHED)
    category = word(CATEGORIES, load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    layer = word(LAYERS, load_default=None, allow_none=True)
    tool = word(TOOLS, load_default=None, allow_none=True)
    rule = word(RULES, load_default=None, allow_none=True)
    source = word(SOURCES, load_default=None, allow_none=True)
    frequency = word(FREQUENCIES, load_default=None, allow_none=True)


class IndicatorKey(Command):
    cycle = cycle_code()
    indicator = indicator_code(required=True)
    library_revision = edition(_PUBLISHED)


class Trial(IndicatorKey):
    library_revision = edition("the draft's too; the published one where absent")
    counts = fields.Dict(
        keys=fields.String(validate=Length(1, 40)),
        values=Quantity(required=True),
        required=True,
        validate=Length(max=50),
        metadata={"description": "quantity -> number, as the rule has them"},
    )
    target = quantity("the subject's own target; rule ratio only", load_default=None, allow_none=True)
    rule = word(RULES, "in place of the indicator's own, before it is stored", load_default=None, allow_none=True)
    rule_params = RuleParams(load_default=None, allow_none=True, metadata={"description": "the same"})
    full_points = quantity("the same", load_default=None, allow_none=True)


class IndicatorDocument(Document):
    indicator = fields.String(required=True)
    level1 = fields.String(required=True)
    level2 = fields.String(required=True)
    name = fields.String(required=True)
    category = word(CATEGORIES, required=True)
    nature = word(NATURES, required=True)
    tool = word(TOOLS, required=True)
    line = fields.String(required=True)
    line_name = fields.String(required=True, allow_none=True)
    layers = listing(word(LAYERS))
    measure_unit = fields.String(required=True)
    full_points = Exact(required=True)
    rule = word(RULES, required=True)
    rule_params = RuleParams(required=True)
    frequency = word(FREQUENCIES, required=True)
    assessor = fields.String(required=True, metadata={"description": "code of the assessing unit"})
    assessor_name = fields.String(required=True, allow_none=True)
    evidence = fields.String(required=True)
    standard = fields.String(required=True)
    basis = fields.String(required=True)
    source = word(SOURCES, required=True)
    figure = word(_FIGURES, "what a machine delivers", required=True, allow_none=True)
    history = fields.Dict(
        keys=fields.String(), values=Exact(allow_none=True), required=True, metadata={"description": "year -> result"}
    )
    target = Exact(required=True, allow_none=True)
    per_person_cap = Exact(required=True, allow_none=True)
    library_revision = fields.Integer(required=True)
    active = fields.Boolean(required=True)


class TrialDocument(Document):
    indicator = fields.String(required=True)
    rule = word(RULES, required=True)
    full_points = Exact(required=True)
    points = Exact(
        required=True, allow_none=True, metadata={"description": "null: a year of these quantities leaves the item out"}
    )
    explanation = fields.String(
        required=True, metadata={"description": "the arithmetic, or why the item is left out, in Chinese"}
    )


class QuantityDocument(Document):
    key = fields.String(required=True)
    name = fields.String(required=True)


class RuleDocument(Document):
    rule = word(RULES, required=True)
    name = fields.String(required=True)
    formula = fields.String(required=True)
    params_schema = fields.Dict(required=True, metadata={"description": "JSON Schema of rule_params"})
    quantities = listing(
        QuantityDocument, "what it can count; a table of an item's parameters may name kinds of its own"
    )


indicators = Family("targets", "indicators", "指标 indicators of a cycle's library, and the rules that score them")

list_rules = indicators.get("/rules", "list_rules", Empty, paged(RuleDocument), may="anyone", asked_again=True)(
    "计分规则 the seven rules, each with the JSON Schema of its parameters"
)
list_indicators = indicators.get(
    "/indicators", "list_indicators", IndicatorQuery, paged(IndicatorDocument), may="anyone", asked_again=True
)("指标列表 the indicators of a cycle's library")
get_indicator = indicators.get(
    "/cycles/<cycle>/indicators/<indicator>",
    "get_indicator",
    IndicatorKey,
    IndicatorDocument,
    may="anyone",
    asked_again=True,
)("指标 one indicator")
try_indicator = indicators.post(
    "/cycles/<cycle>/indicators/<indicator>/try", "try_indicator", Trial, TrialDocument, may="anyone", reads=True
)("试算 the points that these quantities would bring; nothing is stored")
