"""The seven rules by name: points, checks and the sentence that explains them (data/README.md §2)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules.accumulate import Accumulate
from rules.checklist import Checklist
from rules.counting import Counts, Params, in_order, keys_faults
from rules.deduct import Deduct
from rules.faults import RuleFault
from rules.grade import Grade
from rules.numbers import HALF_UP, exact, is_number, plain, rounded
from rules.ratio import Ratio
from rules.rule import Inputs, Rule
from rules.tier import Tier
from rules.veto import Veto

PERCENT = "%"
_ALL: tuple[Rule, ...] = (
    Ratio(),
    Deduct(),
    Accumulate(),
    Tier(),
    Grade(),
    Checklist(),
    Veto(),
)
RULES: Mapping[str, Rule] = {rule.code: rule for rule in _ALL}
STRIKING = tuple(rule.code for rule in _ALL if rule.strikes)  # those without points
SHARED_OUT = tuple(rule.code for rule in _ALL if rule.shared_out)  # those with a target of which parts are claimed
QUANTITIES = {key: name for rule in _ALL for key, name in rule.names().items()}


def exact_points(rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None) -> Fraction:
    """Return the points before any rounding, 0..full; parameters and counts must have passed their checks."""
    return RULES[rule].exact_points(Inputs(params, exact(full), counts, target))


def points(
    rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None, rounding: str = HALF_UP
) -> Decimal:
    """Return the points in hundredths, 0..full, rounded once; ``target`` is the subject's own quantity, where shares are claimed."""
    return rounded(exact_points(rule, params, full, counts, target), 2, rounding)


def explain(
    rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None, rounding: str = HALF_UP
) -> str:
    """Return the arithmetic as a sentence, in the manner of data/README.md §2 举例: ``5 × min(1, 34 ÷ 40) = 4.25``."""
    scored = points(rule, params, full, counts, target, rounding)
    return RULES[rule].sentence(Inputs(params, exact(full), counts, target), scored)


def explain_by_kinds(
    rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None, rounding: str = HALF_UP
) -> str:
    """Return the same, what is counted by kinds named before it: ``迟到 3、早退 1：8 − (3×0.5 + 1×0.5) = 6.00``."""
    params = _ordered(params)
    sentence = explain(rule, params, full, counts, target, rounding)
    told = {key: plain(counts.get(key, Decimal(0))) for key in RULES[rule].kinds_told(params, counts)}
    return f"{counted(told)}：{sentence}" if told else sentence


def in_words(rule: str, params: Params) -> str:
    """Return what the parameters of an item say, as the standard's second sentence puts it."""
    return RULES[rule].in_words(params)


def counted(counts: Mapping[str, Any]) -> str:
    """Return ``{"early": "1", "late": "3"}`` → 迟到 3、早退 1: in one order, whatever order they come in."""
    return "、".join(f"{QUANTITIES.get(key, key)} {counts[key]}" for key in in_order(counts, QUANTITIES))


def check_params(rule: str, params: Any, full: Any) -> list[RuleFault]:
    """Return every fault of an indicator's rule, its parameters and its full points; empty where it can score."""
    if rule not in RULES:
        return [RuleFault("rule.unknown", "rule", f"没有计分规则 {rule}", f"there is no rule {rule}")]
    if not isinstance(params, Mapping):
        return [RuleFault("rule.params", "", "规则参数应为对照表", "the parameters must be a table")]
    if not is_number(full) or (exact(full) != 0 if RULES[rule].strikes else exact(full) <= 0):
        zh, en = "满分应大于 0，否决项为 0", "full points must be above 0, for a veto 0"
        return [RuleFault("rule.full_points", "full_points", zh, en)]
    faults = list(keys_faults(params, RULES[rule].params))
    for name, param in RULES[rule].params.items():
        faults += param.faults(params[name], name) if name in params else ()
    return faults or list(RULES[rule].faults_between(params, exact(full)))


def check_counts(rule: str, params: Params, counts: Counts) -> list[RuleFault]:
    """Return every fault of the quantities for a rule whose parameters are sound; empty where they can be scored."""
    return list(RULES[rule].counts_faults(params, counts))


def rate_faults(rule: str, measure_unit: str, counts: Counts) -> list[RuleFault]:
    """Return the fault of a rate that cannot be: what is measured in % is a part of the whole (data/README.md, 边界约定).

    To be asked of what people declare and find; a machine's months stand as they are, for what fell due in one is done in another.
    """
    value = RULES[rule].measure(counts) if measure_unit == PERCENT and "denominator" in counts else None
    if value is None or value <= 1:
        return []
    zh, en = "分子不能大于分母：这是部分占全部的比率", "a share of the whole cannot be above it"
    return [RuleFault("counts.rate", "numerator", zh, en)]


def why_not_applicable(rule: str, counts: Counts, target: Decimal | None, *, measured: bool) -> str | None:
    """Return why a year of nothing but ``counts`` leaves the item out, its full points with it; None where it scores.

    ``measured``: the figures are a machine's (data/README.md, 五种情形).
    """
    if RULES[rule].shared_out and not target:
        return "没有目标：没有分解到的不适用，满分不计入"
    if RULES[rule].unvoted(counts):
        return "没有有效评价，不适用，满分不计入"
    if measured and RULES[rule].not_applicable(counts):
        return "分母为 0，当期没有可考核的事项，不适用，满分不计入"
    return None


def add_counts(a: Counts, b: Counts) -> dict[str, Decimal]:
    """Return the quantities of two periods together; a key that one of them lacks counts 0 there."""
    return {key: a.get(key, Decimal(0)) + b.get(key, Decimal(0)) for key in (*a, *(key for key in b if key not in a))}


def not_applicable(rule: str, counts: Counts) -> bool:
    """Tell whether nothing happened that could be measured: a ratio of figures over a denominator of 0 (边界约定)."""
    return RULES[rule].not_applicable(counts)


def _ordered(params: Params) -> Params:
    """The parameters with ``per`` in the order in which its kinds are told: stored JSON keeps no order."""
    per = params.get("per")
    return (
        {**params, "per": {key: per[key] for key in in_order(per, QUANTITIES)}} if isinstance(per, Mapping) else params
    )
