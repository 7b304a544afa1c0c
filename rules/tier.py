"""tier: F × the share of the first step that the value meets; 0 where it meets none.

The value is numerator ÷ denominator and is compared unrounded; a plain measured value has the denominator 1.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

from rules.counting import Counts, Params, count_faults, quantity, required_faults, share_faults
from rules.faults import RuleFault
from rules.numbers import as_percent, exact, is_number, plain, text
from rules.params import ANY_NUMBER, SHARE, Param, choice
from rules.rule import Inputs, Quantity, Rule
from rules.standard import NUMBER, Difference, same

KEYS = ("numerator", "denominator")
MOST_DIGITS = 12
_SHARE_OF_FULL = re.compile(rf"满分的{NUMBER}%")
_STEP = {
    "type": "array",
    "title": "档",
    "prefixItems": [{**ANY_NUMBER, "title": "界限"}, {**SHARE, "title": "满分占比"}],
    "minItems": 2,
    "maxItems": 2,
}
_STEPS = {"type": "array", "title": "档位，从最优档排起", "items": _STEP, "minItems": 1}


def _steps_faults(steps: Any, path: str) -> Iterable[RuleFault]:
    if not isinstance(steps, list) or not steps:
        yield RuleFault("rule.steps", path, "档位应为非空列表", "the steps must be a list that is not empty")
        return
    for index, step in enumerate(steps):
        yield from _step_faults(step, f"{path}.{index}")


def _step_faults(step: object, path: str) -> Iterable[RuleFault]:
    if not isinstance(step, (list, tuple)) or len(step) != 2:
        yield RuleFault("rule.step", path, "每档应为[界限, 占比]", "a step is [bound, share]")
        return
    if not is_number(step[0]):
        yield RuleFault("rule.number", f"{path}.0", "界限应为数", "the bound must be a number")
    yield from share_faults(step[1], f"{path}.1")


class Tier(Rule):
    code = "tier"
    title = "分档计分"
    formula = "满分 × 第一个满足的档的占比"
    params = {
        "direction": choice("方向", {"higher": "越高越好", "lower": "越低越好"}),
        "steps": Param(_STEPS, _steps_faults, "limit and share of the full points, the best first"),
    }
    quantities = {"numerator": Quantity("分子"), "denominator": Quantity("分母", in_unit=False)}
    declared_part = True

    def exact_points(self, inputs: Inputs) -> Fraction:
        step = _met(inputs)
        return inputs.full * step[1] if step else Fraction(0)

    def best(self, inputs: Inputs) -> dict[str, Decimal]:
        """Return what was measured so far once more, so that the rate stays; before anything was measured the best step."""
        if inputs.counts.get("denominator"):
            return {name: inputs.counts.get(name, Decimal(0)) for name in self.quantities}
        return {"numerator": Decimal(inputs.params["steps"][0][0]), "denominator": Decimal(1)}

    def further(self, inputs: Inputs) -> dict[str, Decimal]:
        """Return how many more without a fault lift the rate by a step; none where that is more than was counted so far."""
        numerator, denominator = (quantity(inputs.counts, key) for key in self.quantities)
        higher = inputs.params["direction"] == "higher"
        if not denominator:
            return {}
        sign, value = (1 if higher else -1), numerator / denominator
        better = [exact(bound) for bound, _ in inputs.params["steps"] if sign * exact(bound) > sign * value]
        if not better or (better[-1] >= 1 if higher else better[-1] <= 0):
            return {}
        bound = better[-1]
        wanted = (bound * denominator - numerator) / (1 - bound) if higher else numerator / bound - denominator
        more = Decimal(ceil(wanted))
        return {} if more > denominator else {"numerator": more if higher else Decimal(0), "denominator": more}

    def sentence(self, inputs: Inputs, points: Decimal) -> str:
        numerator, denominator = (quantity(inputs.counts, key) for key in KEYS)
        if not denominator:
            return f"分母为 0，得 {points}"
        ratio = _told(numerator / denominator, [exact(bound) for bound, _ in inputs.params["steps"]])
        value = f"实际 {ratio}" if denominator == 1 else f"{text(numerator)} ÷ {text(denominator)} = {ratio}"
        step = _met(inputs)
        if step is None:
            return f"{value}，各档都不满足，得 {points}"
        return f"{value}，落在 {text(step[0])} 档：{text(inputs.full)} × {text(step[1])} = {points}"

    def in_words(self, params: Params) -> str:
        sign = "≥" if self.higher_is_better(params) else "≤"
        each = "，".join(f"{sign} {bound} 得满分的 {as_percent(share)}" for bound, share in params["steps"])
        return f"{each}，其余不得分"

    def at_best(self, params: Params, full: Fraction) -> Fraction:
        return full * exact(params["steps"][0][1])

    def faults_between(self, params: Params, full: Fraction) -> Iterable[RuleFault]:
        steps = [(exact(bound), exact(share)) for bound, share in params["steps"]]
        sign = 1 if self.higher_is_better(params) else -1
        for index, (best, next_best) in enumerate(pairwise(steps), start=1):
            if sign * best[0] <= sign * next_best[0] or best[1] <= next_best[1]:
                zh, en = "档位应从最优档排起", "the steps must go from the best downwards"
                yield RuleFault("rule.step_order", f"steps.{index}", zh, en)

    def counts_faults(self, params: Params, counts: Counts) -> Iterable[RuleFault]:
        faults = [*count_faults(counts, KEYS), *required_faults(counts, KEYS)]
        yield from faults
        if not faults and not quantity(counts, "denominator") and quantity(counts, "numerator"):
            zh, en = "分母为 0 时分子也应为 0", "over a denominator of 0 there is nothing to count"
            yield RuleFault("counts.denominator", "denominator", zh, en)

    def not_applicable(self, counts: Counts) -> bool:
        """Tell whether nothing happened. A numerator whose denominator fell into an earlier period (a case repeated,
        followed up later) did happen: it counts in the year."""
        return "denominator" in counts and not counts["denominator"] and not counts.get("numerator")

    def measure(self, counts: Counts) -> Fraction | None:
        numerator, denominator = (quantity(counts, key) for key in KEYS)
        return numerator / denominator if denominator else None

    def best_target(self, params: Params) -> Decimal | None:
        return Decimal(str(params["steps"][0][0]))

    def higher_is_better(self, params: Params) -> bool:
        return bool(params["direction"] == "higher")

    def standard_differences(self, second: str, params: Params, *, percent: bool) -> Iterable[Difference]:
        scale = Decimal("0.01") if percent else Decimal(1)
        told = [step for clause in re.split("[，；]", second) for step in _step_told(clause, scale)]
        expected = [(Decimal(str(bound)), Decimal(str(share))) for bound, share in params["steps"]]
        if told and self.higher_is_better(params) == ("不超过" in second or "以下" in second):
            yield "标准与参数的优劣方向相反", "the standard and the parameters go opposite ways"
        yield from same("档位", "the steps", _shown(told), _shown(expected))


def _met(inputs: Inputs) -> tuple[Fraction, Fraction] | None:
    """The (bound, share) met first, from the best step on; None over a denominator of 0 too."""
    numerator, denominator = (quantity(inputs.counts, key) for key in KEYS)
    if not denominator:
        return None
    value, higher = numerator / denominator, inputs.params["direction"] == "higher"
    steps = ((exact(bound), exact(share)) for bound, share in inputs.params["steps"])
    return next((step for step in steps if (value >= step[0] if higher else value <= step[0])), None)


def _told(value: Fraction, bounds: Sequence[Fraction]) -> str:
    """As short as it still lies on the same side of every bound: 0.98496 is not told as 0.985 where that is the bound."""
    sides = [_side(value, bound) for bound in bounds]
    shortened = (text(value, digits) for digits in range(4, MOST_DIGITS))
    same_sides = (one for one in shortened if [_side(exact(one), bound) for bound in bounds] == sides)
    return next(same_sides, f"{value.numerator}/{value.denominator}")


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def _step_told(clause: str, scale: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    bound = re.search(NUMBER, clause)
    if bound is None or "不得分" in clause or "满分" not in clause:
        return
    share = _SHARE_OF_FULL.search(clause)
    yield Decimal(bound[1]) * scale, Decimal(share[1]) / 100 if share else Decimal(1)


def _shown(steps: Sequence[tuple[Decimal, Decimal]]) -> str:
    return "、".join(f"{plain(bound)}→{plain(share)}" for bound, share in steps)
