"""grade: F × the mean coefficient of all valid votes; or F × the adjusted coefficient, where the model says that it counts.

The adjusted coefficient (0..1, four decimals) stands beside the votes under ``ADJUSTED``: scoring puts it there, nobody declares it.
"""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rules.counting import Counts, Params, count_faults, keys_faults, quantity, share_faults
from rules.faults import RuleFault
from rules.numbers import exact, is_number, text
from shared.vocabulary.scoring import RATINGS

GRADES = RATINGS
ADJUSTED = "adjusted"
QUANTITIES = {**{grade: grade for grade in GRADES}, ADJUSTED: "宽严校正后系数"}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    return full * _mean(params, counts)


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("values",))
    if "values" in params:
        yield from _values_faults(params["values"])


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    return count_faults(counts, GRADES, whole=True)


def votes(counts: Counts) -> Fraction:
    return sum((quantity(counts, grade) for grade in GRADES), Fraction(0))


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    if not votes(counts):
        return f"没有有效评价，得 {points}"
    cast = "、".join(f"{grade} {text(quantity(counts, grade))}" for grade in GRADES if quantity(counts, grade))
    mean, used = _mean_of_votes(params, counts), _mean(params, counts)
    adjusted = f"，按宽严校正后系数 {text(used)}" if ADJUSTED in counts else ""
    return f"{cast}：平均系数 {text(mean)}{adjusted}，{text(full)} × {text(used)} = {text(full * used)}，得 {points}"


def _mean(params: Params, counts: Counts) -> Fraction:
    return quantity(counts, ADJUSTED) if ADJUSTED in counts else _mean_of_votes(params, counts)


def _mean_of_votes(params: Params, counts: Counts) -> Fraction:
    cast = votes(counts)
    total = sum((quantity(counts, grade) * exact(value) for grade, value in params["values"].items()), Fraction(0))
    return total / cast if cast else Fraction(0)


def _values_faults(values: object) -> Iterable[RuleFault]:
    if not isinstance(values, dict) or set(values) != set(GRADES):
        yield RuleFault(
            "rule.grades", "values", "应给出五个等次的系数", "each of the five grades needs its coefficient"
        )
        return
    yield from (fault for grade in GRADES for fault in share_faults(values[grade], f"values.{grade}"))
    numbers = [values[grade] for grade in GRADES]
    if all(map(is_number, numbers)) and any(exact(better) < exact(worse) for better, worse in pairwise(numbers)):
        yield RuleFault("rule.grade_order", "values", "等次系数应逐档不增", "a better grade must not be worth less")


def in_words(params: Params) -> str:
    return "满分 × 评价系数的平均：" + "、".join(f"{name} {params['values'][name]}" for name in GRADES)
