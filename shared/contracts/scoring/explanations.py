"""How a score came about: from the final score down to the facts and who stands behind them."""

from typing import Any

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.rule_params import RuleParams
from shared.contracts.scoring.scores import (
    CycleSubject,
    RunSubject,
    ScoreDocument,
    StruckBy,
    component_table,
    number,
    numbers,
    table_of,
)
from shared.contracts.shapes import Document, flag, listing, word
from shared.vocabulary.library import CATEGORIES, RULES, TOOLS
from shared.vocabulary.scoring import CAUSES, FACT_KINDS, FACT_STEPS


def evidence_asked(**options: Any) -> fields.Boolean:
    return flag("with evidence, remarks and standards, which others keep", load_default=False, **options)


def short_asked() -> fields.Boolean:
    return flag("on one page: the score, what it is made of, and what cost most", load_default=False)


class ExplanationQuery(RunSubject):
    evidence = evidence_asked()


class StandingExplanationQuery(CycleSubject):
    evidence = evidence_asked()


class ExplanationPaper(RunSubject):
    short = short_asked()


class StandingExplanationPaper(CycleSubject):
    short = short_asked()


class DuePeriodsDocument(Document):
    due = fields.Integer(required=True)
    declared = fields.Integer(required=True)


class BallotsDocument(Document):
    votes = fields.Integer(required=True, metadata={"description": "as many as were cast"})
    weighted = fields.Boolean(required=True)
    left_out = listing(fields.String(), "groups below the minimum")


PeopleDocument = table_of("PeopleDocument", FACT_STEPS)


class FactDocument(Document):
    kind = word(FACT_KINDS, required=True)
    fact = fields.String(required=True, metadata={"description": "id of the declaration, task order, contribution ..."})
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True)
    not_applicable = fields.Boolean(required=True)
    counts = numbers("the quantities of the rule")
    ballots = fields.Nested(
        BallotsDocument, metadata={"description": "of an evaluation with weights or groups left out"}
    )
    people = fields.Nested(PeopleDocument, required=True)
    sentence = fields.String(
        required=True, metadata={"description": "2026 年 3 月申报：完成 3（张三申报，李四核实，王五核评）"}
    )
    did = fields.String(required=True, metadata={"description": "who did what, as at the end of the sentence"})
    evidence = listing(fields.String(), "佐证; with ?evidence=true, as the next ones", required=False)
    remark = fields.String()
    reason = fields.String(metadata={"description": "of a correction"})
    machine = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        allow_none=True,
        metadata={"description": "what the machine counted"},
    )
    differs = fields.Boolean(metadata={"description": "the declared quantities differ from the machine's"})
    changed_since = fields.Boolean(metadata={"description": "the declaration was changed after this was scored"})
    shown_at = listing(fields.String(), "where its days with punches, or cases, are read", required=False)


class PeriodCause(Document):
    period = fields.String(required=True, metadata={"description": "or the campaign, the contribution"})
    cause = word(CAUSES, required=True)


class ItemScoreDocument(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    tool = word(TOOLS, required=True)
    rule = word(RULES, required=True)
    params = RuleParams(required=True, metadata={"description": "the rule's parameters"})
    full_points = number()
    points = number("null: not applicable")
    applicable = fields.Boolean(required=True)
    cause = word(CAUSES, "of the item as a whole; only not_declared costs points", required=True)
    causes = listing(PeriodCause, "of everything that was due or waits")
    target = number()
    counts = numbers("summed over the year")
    periods = fields.Nested(DuePeriodsDocument, required=True)
    period_points = numbers("of rules scored period by period")
    formula = fields.String(required=True, metadata={"description": "the arithmetic, e.g. 5 × min(1, 34 ÷ 40) = 4.25"})
    sentence = fields.String(required=True)
    rule_text = fields.String(required=True, metadata={"description": "the rule's parameters in words"})
    standard = fields.String(allow_none=True)
    basis = fields.String(allow_none=True)
    source = fields.String(allow_none=True)
    measure_unit = fields.String(allow_none=True)
    facts = listing(FactDocument)


class CategoryScoreDocument(Document):
    category = word(CATEGORIES, required=True)
    weight = number()
    score = number()
    points = number()
    full_points = number()
    formula = fields.String(required=True)
    sentence = fields.String(required=True)
    items = listing(ItemScoreDocument)


class LineScoreDocument(Document):
    line = fields.String(required=True)
    weight = number()
    score = number()
    formula = fields.String(required=True)
    sentence = fields.String(required=True)
    categories = listing(CategoryScoreDocument)


class ToldVeto(StruckBy):
    name = fields.String(required=True, allow_none=True, metadata={"description": "of the indicator"})
    sentence = fields.String(required=True)


class ExplanationDocument(ScoreDocument):
    bureau_name = fields.String(allow_none=True)
    vetoes = listing(ToldVeto)
    run = fields.UUID()
    cycle = fields.String(required=True)
    provisional = fields.Boolean()
    formula = fields.String(required=True, metadata={"description": "86.94×0.5 + 90.00×0.3 + 88.00×0.2 = 88.07"})
    weights = component_table("of the components")
    layer_formula = fields.String(required=True)
    sentence = fields.String(required=True)
    notes = listing(fields.String(), "how to read it")
    input_hash = fields.String(metadata={"description": "of the run"})
    frozen_at = fields.AwareDateTime()
    lines = listing(LineScoreDocument)


explanations = Family("scoring", "explanations", "得分的由来 how a score came about, item by item")

explain_score = explanations.get(
    "/runs/<uuid:run>/explanations/<subject>",
    "explain_score",
    ExplanationQuery,
    ExplanationDocument,
    may="detail_sight",
    mounted=False,
)("得分的由来 from the final score down to the facts and who stands behind them")
print_score = explanations.get(
    "/runs/<uuid:run>/explanations/<subject>/paper",
    "explain_score",
    ExplanationPaper,
    None,
    may="detail_sight",
    mounted=False,
)("得分说明书 the same on paper (PDF), for the person's file")
explain_standing = explanations.get(
    "/standings/explanations/<subject>",
    "explain_standing",
    StandingExplanationQuery,
    ExplanationDocument,
    may="detail_sight",
    mounted=False,
)("实时得分的由来 from the provisional score down to the facts")
print_standing = explanations.get(
    "/standings/explanations/<subject>/paper",
    "explain_standing",
    StandingExplanationPaper,
    None,
    may="detail_sight",
    mounted=False,
)("实时得分说明书 the provisional score on paper (PDF)")
