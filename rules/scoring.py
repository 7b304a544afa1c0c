"""The seven rules by name: points, checks and the sentence that explains them (data/README.md §2)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from rules import accumulate, checklist, deduct, grade, ratio, tier, veto
from rules.counting import Counts, Params, in_order
from rules.faults import RuleFault
from rules.numbers import HALF_UP, exact, is_number, rounded


class _Rule(Protocol):
    """What each rule's file holds."""

    QUANTITIES: dict[str, str]  # what it counts -> 中文, in the order in which they are told

    def exact_points(self, params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction: ...

    def params_faults(self, params: Params, full: Fraction) -> Iterable[RuleFault]: ...

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]: ...

    def sentence(
        self, params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal
    ) -> str: ...

    def in_words(self, params: Params) -> str: ...


_RULES: Mapping[str, _Rule] = {
    "ratio": ratio,
    "deduct": deduct,
    "accumulate": accumulate,
    "tier": tier,
    "grade": grade,
    "checklist": checklist,
    "veto": veto,
}
RULES = tuple(_RULES)
QUANTITIES = {key: zh for rule in _RULES.values() for key, zh in rule.QUANTITIES.items()}


def exact_points(rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None) -> Fraction:
    """Points before any rounding, 0..full; parameters and counts must have passed their checks."""
    return _RULES[rule].exact_points(params, exact(full), counts, target)


def points(
    rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None, rounding: str = HALF_UP
) -> Decimal:
    """Points in hundredths, 0..full, rounded once; ``target`` is the subject's own quantity (rule ratio only)."""
    return rounded(exact_points(rule, params, full, counts, target), 2, rounding)


def explain(
    rule: str, params: Params, full: Decimal, counts: Counts, target: Decimal | None = None, rounding: str = HALF_UP
) -> str:
    """The arithmetic as a sentence, in the manner of data/README.md §2 举例: ``5 × min(1, 34 ÷ 40) = 4.25``."""
    scored = points(rule, params, full, counts, target, rounding)
    return _RULES[rule].sentence(params, exact(full), counts, target, scored)


def in_words(rule: str, params: Params) -> str:
    """What the parameters of an item say, as the standard's second sentence puts it."""
    return _RULES[rule].in_words(params)


def counted(counts: Mapping[str, Any]) -> str:
    """``{"early": "1", "late": "3"}`` → 迟到 3、早退 1: in one order, whatever order they come in."""
    return "、".join(f"{QUANTITIES.get(key, key)} {counts[key]}" for key in in_order(counts, QUANTITIES))


def ordered(params: Params) -> Params:
    """The parameters with ``per`` in the order in which its kinds are told: stored JSON keeps no order."""
    per = params.get("per")
    return (
        {**params, "per": {key: per[key] for key in in_order(per, QUANTITIES)}} if isinstance(per, Mapping) else params
    )


def check_params(rule: str, params: Any, full: Any) -> list[RuleFault]:
    """Every fault of an indicator's rule, its parameters and its full points; empty where it can score."""
    if rule not in _RULES:
        return [RuleFault("rule.unknown", "rule", f"没有计分规则 {rule}", f"there is no rule {rule}")]
    if not isinstance(params, Mapping):
        return [RuleFault("rule.params", "", "规则参数应为对照表", "the parameters must be a table")]
    if not is_number(full) or (exact(full) != 0 if rule == "veto" else exact(full) <= 0):
        zh, en = "满分应大于 0，否决项为 0", "full points must be above 0, for a veto 0"
        return [RuleFault("rule.full_points", "full_points", zh, en)]
    return list(_RULES[rule].params_faults(params, exact(full)))


def check_counts(rule: str, params: Params, counts: Counts) -> list[RuleFault]:
    """Every fault of the quantities for a rule whose parameters are sound; empty where they can be scored."""
    return list(_RULES[rule].counts_faults(params, counts))


def add_counts(a: Counts, b: Counts) -> dict[str, Decimal]:
    """The quantities of two periods together; a key that one of them lacks counts 0 there."""
    return {key: a.get(key, Decimal(0)) + b.get(key, Decimal(0)) for key in (*a, *(key for key in b if key not in a))}


def not_applicable(rule: str, counts: Counts) -> bool:
    """Whether nothing happened that could be measured: a ratio of figures over a denominator of 0 (边界约定).

    A numerator whose denominator fell into an earlier period (a case repeated, followed up later) did happen: it counts in the year.
    """
    return rule == "tier" and "denominator" in counts and not counts["denominator"] and not counts.get("numerator")
