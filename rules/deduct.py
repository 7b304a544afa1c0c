"""deduct: max(0, F − Σ times × per)."""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import Counts, Params, count_faults, keys_faults, per_faults, per_in_words, per_keys, per_terms
from rules.faults import RuleFault
from rules.numbers import text

QUANTITIES = {
    "count": "次数",
    "late": "迟到",
    "early": "早退",
    "absent": "旷工天数",
    "overleave": "超假天数",
    "overdue": "逾期",
    "missing": "漏报",
    "error": "差错",
    "violation": "违章",
    "accident": "有责事故",
    "general": "一般问题",
    "serious": "严重问题",
    "account": "转借账号或弱口令",
    "incident": "有责网络安全事件",
}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    lost = sum((times * each for times, each in per_terms(params, counts)), Fraction(0))
    return max(Fraction(0), full - lost)


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("per",))
    if "per" in params:
        yield from per_faults(params["per"])


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    return count_faults(counts, per_keys(params))


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    terms = per_terms(params, counts)
    lost = " + ".join(f"{text(times)}×{text(each)}" for times, each in terms)
    difference = f"{text(full)} − ({lost})" if len(terms) > 1 else f"{text(full)} − {lost}"
    below = sum((times * each for times, each in terms), Fraction(0)) > full
    return f"max(0, {difference}) = {points}" if below else f"{difference} = {points}"


def in_words(params: Params) -> str:
    return f"{per_in_words(params, '扣', QUANTITIES)}，扣完为止"
