"""What a frame says, as whole numbers: the parameters of each item's rule, the weights of each stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from rules import GRADES
from services.scoring.domain.frame import Frame, Item, Subject, Weights
from services.scoring.kernel import rules

MEAN_RULES = ("grade", "checklist")  # scored period by period
COMPLETE_RULES = ("deduct", "tier")  # points only for the declared part


@dataclass(frozen=True)
class Kind:
    """Subjects that share their items and what they weigh: one layer, one line, or the same days in the same lines."""

    layer: str
    lines: Weights  # line -> weight
    subjects: tuple[Subject, ...]
    places: tuple[int, ...]  # of them in the frame
    items: tuple[Item, ...]


def kinds(frame: Frame) -> list[Kind]:
    found: dict[Any, list[int]] = {}
    for place, subject in enumerate(frame.subjects):
        lines = subject.line if len(subject.lines) < 2 else tuple(subject.lines.items())
        found.setdefault((subject.layer, lines if subject.layer == "person" else subject.line), []).append(place)
    return [_kind(frame, places) for places in found.values()]


def whole_weights(weights: Weights) -> dict[str, int]:
    """The weights of one stage on one scale; a stage divides by their sum, so the scale does not matter."""
    scale = lcm(*(Fraction(weight).denominator for weight in weights.values()))
    return {name: int(Fraction(weight) * scale) for name, weight in weights.items()}


def full_unit(items: Iterable[Item]) -> int:
    """1 point in the unit in which all full points of ``items`` are whole; hundredths at the least."""
    return lcm(100, *(Fraction(item.full).denominator for item in items))


def of_year(item: Item, decimals: int) -> tuple[int, tuple[int, ...]]:
    """Rule and parameters for the year's quantities, which come in units of 10^-decimals."""
    unit = 10**decimals
    if item.rule == "ratio":
        cap = min(Fraction(item.params["cap"]), Fraction(1))
        return rules.RATIO, (*_pair(100 * Fraction(item.full)), cap.numerator, cap.denominator)
    if item.rule in ("deduct", "accumulate"):
        return _worth(item, unit)
    if item.rule == "tier":
        return rules.TIER, _tier(item)
    return rules.MEAN, (1,)


def of_period(item: Item) -> tuple[int, tuple[int, ...]]:
    """Rule and parameters for what one declaration counted (grade and checklist)."""
    points = 100 * Fraction(item.full)
    if item.rule == "checklist":
        return rules.RATIO, (*_pair(points), 1, 1)
    return rules.GRADE, _pair(points / table_unit(item))


def table(item: Item) -> dict[str, int]:
    """What one of each quantity is worth, in 1 ÷ table_unit: points (``per``), or a vote's coefficient."""
    return {key: int(value * table_unit(item)) for key, value in _table(item).items()}


def table_unit(item: Item) -> int:
    return lcm(*(value.denominator for value in _table(item).values()))


def _kind(frame: Frame, places: list[int]) -> Kind:
    subjects = tuple(frame.subjects[place] for place in places)
    first = subjects[0]
    return Kind(first.layer, frame.lines_of(first), subjects, tuple(places), frame.items_of(first))


def _table(item: Item) -> Mapping[str, Fraction]:
    if item.rule == "grade":
        return {grade: Fraction(item.params["values"][grade]) for grade in GRADES}
    per: Any = item.params["per"]
    named = per if isinstance(per, Mapping) else {"count": per}
    return {key: Fraction(Decimal(value)) for key, value in named.items()}


def _worth(item: Item, unit: int) -> tuple[int, tuple[int, ...]]:
    top = Fraction(item.full)
    if item.rule == "accumulate":
        top = min(top, Fraction(item.params["cap"]))
    finer = top.denominator  # the quantities are multiplied by it too (encoding.py)
    point = unit * table_unit(item) * finer
    return (rules.DEDUCT if item.rule == "deduct" else rules.ACCUMULATE), (int(top * point), point)


def worth_factor(item: Item) -> int:
    top = Fraction(item.full)
    return min(top, Fraction(item.params["cap"])).denominator if item.rule == "accumulate" else top.denominator


def _tier(item: Item) -> tuple[int, ...]:
    steps = [(100 * Fraction(item.full) * Fraction(share), Fraction(bound)) for bound, share in item.params["steps"]]
    unit = lcm(*(points.denominator for points, _ in steps))
    sign = 1 if item.params["direction"] == "higher" else -1
    flat = [part for points, bound in steps for part in (int(points * unit), *_pair(bound))]
    return unit, sign, *flat


def _pair(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator
