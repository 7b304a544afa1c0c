"""tier: F × the share of the first step that the value meets; 0 where it meets none.

The value is numerator ÷ denominator and is compared unrounded; a plain measured value has the denominator 1.
"""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rules.counting import (
    Counts,
    Params,
    count_faults,
    keys_faults,
    quantity,
    required_faults,
    share_faults,
)
from rules.faults import RuleFault
from rules.numbers import exact, is_number, percent, text

QUANTITIES = {"numerator": "分子", "denominator": "分母"}

DIRECTIONS = ("higher", "lower")
KEYS = tuple(QUANTITIES)
MOST_DIGITS = 12


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    step = _met(params, counts)
    return full * step[1] if step else Fraction(0)


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("direction", "steps"))
    if params.get("direction", "higher") not in DIRECTIONS:
        yield RuleFault("rule.direction", "direction", "方向应为 higher 或 lower", "the direction is higher or lower")
    if "steps" in params:
        yield from _steps_faults(params["steps"], params.get("direction"))


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    faults = [*count_faults(counts, KEYS), *required_faults(counts, KEYS)]
    yield from faults
    if not faults and not quantity(counts, "denominator") and quantity(counts, "numerator"):
        yield RuleFault(
            "counts.denominator",
            "denominator",
            "分母为 0 时分子也应为 0",
            "over a denominator of 0 there is nothing to count",
        )


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    numerator, denominator = (quantity(counts, key) for key in KEYS)
    if not denominator:
        return f"分母为 0，得 {points}"
    ratio = _told(numerator / denominator, [exact(bound) for bound, _ in params["steps"]])
    value = f"实际 {ratio}" if denominator == 1 else f"{text(numerator)} ÷ {text(denominator)} = {ratio}"
    step = _met(params, counts)
    if step is None:
        return f"{value}，各档都不满足，得 {points}"
    return f"{value}，落在 {text(step[0])} 档：{text(full)} × {text(step[1])} = {points}"


def _met(params: Params, counts: Counts) -> tuple[Fraction, Fraction] | None:
    """The (bound, share) met first, from the best step on; None over a denominator of 0 too."""
    numerator, denominator = (quantity(counts, key) for key in KEYS)
    if not denominator:
        return None
    value, higher = numerator / denominator, params["direction"] == "higher"
    steps = ((exact(bound), exact(share)) for bound, share in params["steps"])
    return next((step for step in steps if (value >= step[0] if higher else value <= step[0])), None)


def _told(value: Fraction, bounds: Sequence[Fraction]) -> str:
    """As short as it still lies on the same side of every bound: 0.98496 is not told as 0.985 where that is the bound."""
    sides = [_side(value, bound) for bound in bounds]
    shortened = (text(value, digits) for digits in range(4, MOST_DIGITS))
    same = (one for one in shortened if [_side(exact(one), bound) for bound in bounds] == sides)
    return next(same, f"{value.numerator}/{value.denominator}")


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def _steps_faults(steps: object, direction: object) -> Iterable[RuleFault]:
    if not isinstance(steps, list) or not steps:
        yield RuleFault("rule.steps", "steps", "档位应为非空列表", "the steps must be a list that is not empty")
        return
    faults = [fault for index, step in enumerate(steps) for fault in _step_faults(step, f"steps.{index}")]
    yield from faults or _order_faults([(exact(bound), exact(share)) for bound, share in steps], direction)


def _step_faults(step: object, path: str) -> Iterable[RuleFault]:
    if not isinstance(step, (list, tuple)) or len(step) != 2:
        yield RuleFault("rule.step", path, "每档应为[界限, 占比]", "a step is [bound, share]")
        return
    if not is_number(step[0]):
        yield RuleFault("rule.number", f"{path}.0", "界限应为数", "the bound must be a number")
    yield from share_faults(step[1], f"{path}.1")


def _order_faults(steps: list[tuple[Fraction, Fraction]], direction: object) -> Iterable[RuleFault]:
    sign = -1 if direction == "lower" else 1
    for index, (best, next_best) in enumerate(pairwise(steps), start=1):
        if sign * best[0] <= sign * next_best[0] or best[1] <= next_best[1]:
            path = f"steps.{index}"
            yield RuleFault("rule.step_order", path, "档位应从最优档排起", "the steps must go from the best downwards")


def in_words(params: Params) -> str:
    sign = "≥" if params["direction"] == "higher" else "≤"
    each = "，".join(f"{sign} {bound} 得满分的 {percent(share)}" for bound, share in params["steps"])
    return f"{each}，其余不得分"
