"""grade: F × the mean coefficient of all valid votes; or F × the adjusted coefficient, where the model says that it counts.

The adjusted coefficient (0..1, four decimals) stands beside the votes under ``ADJUSTED``: scoring puts it there, nobody declares it.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from rules.counting import Counts, Params, count_faults, quantity, share_faults
from rules.faults import RuleFault
from rules.numbers import exact, plain, text
from rules.params import SHARE, Param, table_schema
from rules.rule import Inputs, Quantity, Rule
from rules.standard import NUMBER, Difference, same

GRADES = ("优", "好", "一般", "可以", "差")  # 评价等次 of a vote, the best first
ADJUSTED = "adjusted"


def _values_faults(values: Any, path: str) -> Iterable[RuleFault]:
    if not isinstance(values, dict) or set(values) != set(GRADES):
        zh, en = "应给出五个等次的系数", "each of the five grades needs its coefficient"
        yield RuleFault("rule.grades", path, zh, en)
        return
    for grade in GRADES:
        yield from share_faults(values[grade], f"{path}.{grade}")


class Grade(Rule):
    code = "grade"
    title = "等次评价"
    formula = "满分 × 评价系数的平均"
    params = {"values": Param(table_schema({grade: {**SHARE, "title": grade} for grade in GRADES}), _values_faults)}
    quantities = {**{grade: Quantity(grade) for grade in GRADES}, ADJUSTED: Quantity("宽严校正后系数")}
    by_period = True

    def serves(self, tool: str) -> bool:
        return tool == "subjective" or super().serves(tool)

    def keys(self, params: Params) -> tuple[str, ...]:
        return GRADES

    def exact_points(self, inputs: Inputs) -> Fraction:
        return inputs.full * _mean(inputs)

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        counts = inputs.counts
        if not _votes(counts):
            return f"没有有效评价，得 {points}"
        cast = "、".join(f"{grade} {text(quantity(counts, grade))}" for grade in GRADES if quantity(counts, grade))
        mean, used, full = _mean_of_votes(inputs), _mean(inputs), inputs.full
        adjusted = f"，按宽严校正后系数 {text(used)}" if ADJUSTED in counts else ""
        return (
            f"{cast}：平均系数 {text(mean)}{adjusted}，{text(full)} × {text(used)} = {text(full * used)}，得 {points}"
        )

    def in_words(self, params: Params) -> str:
        return "满分 × 评价系数的平均：" + "、".join(f"{name} {params['values'][name]}" for name in GRADES)

    def faults_between(self, params: Params, full: Fraction) -> Iterable[RuleFault]:
        numbers = [exact(params["values"][grade]) for grade in GRADES]
        if any(better < worse for better, worse in pairwise(numbers)):
            yield RuleFault("rule.grade_order", "values", "等次系数应逐档不增", "a better grade must not be worth less")

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]:
        return count_faults(counts, GRADES, whole=True)

    def unvoted(self, counts: Counts) -> bool:
        return not _votes(counts)

    def measure(self, counts: Counts) -> Fraction | None:
        return None

    def grades(self, params: Params) -> Mapping[str, Any] | None:
        values: Mapping[str, Any] = params["values"]
        return values

    def with_grades(self, params: Params, values: Mapping[str, Any]) -> Params:
        return {**params, "values": dict(values)}

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        values: Mapping[str, Any] = params["values"]
        told = [Decimal(share) / 100 for share in re.findall(rf"{NUMBER}%", second)]
        places = sorted((second.index(grade), grade) for grade in values if grade in second)
        expected = [Decimal(str(values[grade])) for _, grade in places]
        yield from same("等次", "the grades", "、".join(grade for grade in values if grade not in second), "")
        yield from same("等次系数", "the grades' shares", "、".join(map(plain, told)), "、".join(map(plain, expected)))


def _votes(counts: Counts) -> Fraction:
    return sum((quantity(counts, grade) for grade in GRADES), Fraction(0))


def _mean(inputs: Inputs) -> Fraction:
    return quantity(inputs.counts, ADJUSTED) if ADJUSTED in inputs.counts else _mean_of_votes(inputs)


def _mean_of_votes(inputs: Inputs) -> Fraction:
    cast, values = _votes(inputs.counts), inputs.params["values"]
    total = sum((quantity(inputs.counts, grade) * exact(value) for grade, value in values.items()), Fraction(0))
    return total / cast if cast else Fraction(0)
