"""accumulate: min(cap, Σ times × per); the cap equals F."""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import (
    Counts,
    Params,
    count_faults,
    keys_faults,
    per_faults,
    per_in_words,
    per_keys,
    per_terms,
    positive_faults,
)
from rules.faults import RuleFault
from rules.numbers import exact, text

QUANTITIES = {
    "count": "次数",
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "district": "区级",
    "core": "核心期刊",
    "other": "一般公开刊物",
}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    return min(exact(params["cap"]), full, _earned(params, counts))


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("cap", "per"))
    if "per" in params:
        yield from per_faults(params["per"])
    if "cap" in params:
        wrong = list(positive_faults(params["cap"], "cap"))
        yield from wrong
        if not wrong and exact(params["cap"]) != full:
            yield RuleFault("rule.cap_not_full", "cap", "累计上限应等于满分", "the cap must equal the full points")


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    return count_faults(counts, per_keys(params))


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    counted = [(times, each) for times, each in per_terms(params, counts) if times]
    if not counted:
        return f"没有计入的次数，得 {points}"
    terms = " + ".join(f"{text(times)}×{text(each)}" for times, each in counted)
    above = _earned(params, counts) > exact(params["cap"])
    return f"min({text(exact(params['cap']))}, {terms}) = {points}" if above else f"{terms} = {points}"


def _earned(params: Params, counts: Counts) -> Fraction:
    return sum((times * each for times, each in per_terms(params, counts)), Fraction(0))


def in_words(params: Params) -> str:
    return f"{per_in_words(params, '计', QUANTITIES)}，以 {params['cap']} 分为限"
