"""veto: no points ever; found true once, it strikes the subject from the 先进 list and leaves its other scores alone."""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import Counts, Params, count_faults, keys_faults, quantity
from rules.faults import RuleFault
from rules.numbers import text

QUANTITIES = {"count": "次数"}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    return Fraction(0)


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    return keys_faults(params, ())


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    return count_faults(counts, ("count",), whole=True)


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    times = quantity(counts, "count")
    return (
        f"查实 {text(times)} 次，"
        + ("列入否决，从先进推荐名单中剔除" if times else "不影响先进推荐")
        + f"，得 {points}"
    )


def in_words(params: Params) -> str:
    return "不计分；查实即列入否决"
