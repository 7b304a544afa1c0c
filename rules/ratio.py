"""ratio: F × min(cap, done ÷ target). The target is the subject's own, never the bureau's."""
# ruff: noqa: ARG001 - every rule answers the same four questions; none needs all it is told

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rules.counting import Counts, Params, count_faults, keys_faults, positive_faults, quantity
from rules.faults import RuleFault
from rules.numbers import exact, percent, text

QUANTITIES = {"done": "完成"}


def exact_points(params: Params, full: Fraction, counts: Counts, target: Decimal | None) -> Fraction:
    """Without a target nothing was taken on, and what is not taken on scores nothing; a cap above 1 never passes F."""
    if not target or target < 0:
        return Fraction(0)
    return min(full, full * min(exact(params["cap"]), quantity(counts, "done") / exact(target)))


def params_faults(params: Params, full: Fraction) -> Iterable[RuleFault]:
    yield from keys_faults(params, ("cap",))
    if "cap" in params:
        yield from positive_faults(params["cap"], "cap")


def counts_faults(params: Params, counts: Counts) -> Iterable[RuleFault]:
    return count_faults(counts, ("done",))


def sentence(params: Params, full: Fraction, counts: Counts, target: Decimal | None, points: Decimal) -> str:
    if not target or target < 0:
        return f"未认领目标，得 {points}"
    done = text(quantity(counts, "done"))
    return f"{text(full)} × min({text(exact(params['cap']))}, {done} ÷ {text(exact(target))}) = {points}"


def in_words(params: Params) -> str:
    return f"满分 × 实际 ÷ 目标，完成比例以 {percent(params['cap'])} 为限"
