"""What people achieve: the quantities that a subject counts for an indicator in a period, drawn by the seed.

Each subject has a diligence (percent) that holds all year, so that a ranking means something; the period adds its luck.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from ops.dice import Dice
from ops.simulation.world import Indicator
from rules import RULES

Counts = dict[str, str]  # exact decimals as text, as they travel

# Measures that come in parts smaller than one; everything else is counted in whole things.
CONTINUOUS = ("小时", "学时", "课时", "万元")


@dataclass(frozen=True)
class Case:
    dice: Dice
    able: int  # percent
    params: Mapping[str, Any]  # of the rule
    keys: Sequence[str]  # of what it counts
    share: Decimal  # what falls to the period of the subject's own target


def diligence(seed: int, subject: str) -> int:
    """Return 72..112: how much of what is expected of them the subject manages, in percent."""
    dice = Dice(seed, "diligence", subject)
    return 72 + sum(dice.below(11) for _ in range(4))


def counts(seed: int, indicator: Indicator, subject: str, period: str, share: Decimal) -> Counts:
    """Return the quantities of one period. ``share`` is what falls to the
    period of the subject's own target (rule ratio)."""
    dice = Dice(seed, "counts", indicator.code, subject, period)
    keys = RULES[indicator.rule].keys(indicator.params)
    draw = _BY_RULE.get(indicator.rule, _each)
    drawn = draw(Case(dice, diligence(seed, subject), indicator.params, keys, share))
    if indicator.measure_unit in CONTINUOUS and "done" in drawn:
        return {"done": str(Decimal(drawn["done"]) + Decimal(dice.below(4)) / 4)}
    return drawn


def grade(dice: Dice, able: int) -> str:
    """Cast one vote on somebody of that diligence."""
    mark = able + dice.between(-18, 12)
    for least, name in ((94, "优"), (84, "好"), (74, "一般"), (64, "可以")):
        if mark >= least:
            return name
    return "差"


def _ratio(case: Case) -> Counts:
    """A whole number near the share: a small share of a yearly target still adds up to it on average."""
    done = case.share * (case.able + case.dice.between(-15, 25)) / 100
    whole = int(done)
    return {"done": str(whole + case.dice.chance(int((done - whole) * 1000)))}


def _deduct(case: Case) -> Counts:
    per_mille = max(5, 1100 - 11 * case.able) // len(case.keys)
    return {key: "1" if case.dice.chance(per_mille) else "0" for key in case.keys}


def _accumulate(case: Case) -> Counts:
    """Low levels are common, high ones rare: the last key of the table is the lowest level."""
    return {case.keys[-1] if case.dice.chance(700) else case.dice.pick(case.keys): "1"}


def _tier(case: Case) -> Counts:
    steps = [Decimal(str(bound)) for bound, _ in case.params["steps"]]
    share = max(steps) <= 1
    denominator = case.dice.between(5, 40) if share else case.dice.between(1, 6)
    reached = 0 if case.dice.below(100) < case.able - 25 else case.dice.between(0, len(steps))
    numerator = _numerator(case, steps, reached, denominator)
    return {"numerator": str(min(numerator, denominator) if share else numerator), "denominator": str(denominator)}


def _numerator(case: Case, steps: list[Decimal], reached: int, denominator: int) -> int:
    """Just good enough for the step ``reached``; past the last one, just not."""
    higher = case.params["direction"] == "higher"
    if reached < len(steps):
        return (ceil if higher else floor)(steps[reached] * denominator)
    worst = steps[-1] * denominator
    lacking = 1 + case.dice.below(3)
    return max(0, ceil(worst) - lacking) if higher else floor(worst) + lacking


def _grade(case: Case) -> Counts:
    votes = [grade(case.dice, case.able) for _ in range(case.dice.between(3, 7))]
    return {name: str(votes.count(name)) for name in sorted(set(votes))}


def _checklist(case: Case) -> Counts:
    items = len(case.params["items"])
    return {"done": str(sum(case.dice.below(100) < case.able for _ in range(items)))}


def _each(case: Case) -> Counts:
    """Of a rule about which nothing is known: once or not at all, oftener by the able."""
    return {key: "1" if case.dice.chance(10 * min(case.able, 100)) else "0" for key in case.keys}


_BY_RULE: dict[str, Callable[[Case], Counts]] = {
    "ratio": _ratio,
    "deduct": _deduct,
    "accumulate": _accumulate,
    "tier": _tier,
    "grade": _grade,
    "checklist": _checklist,
}
