"""Where a sample looks harder: strata of risk with a random floor, or points as the measure; every chance is kept exactly.

The floor is the share of the sample that goes by numbers alone, whatever the risk: nobody can be sure not to be checked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

ALL, HIGH, MIDDLE, LOW = "all", "high", "middle", "low"
WEIGHTS: Mapping[str, int] = {HIGH: 4, MIDDLE: 2, LOW: 1}  # how much harder it is looked at
LEAST_FLOOR, MOST_FLOOR = Decimal("0.05"), Decimal("0.5")


@dataclass(frozen=True)
class Risk:
    """What is known of an item before it is checked."""

    gap: Decimal  # declared − assessed points, as a share of the indicator's full points
    subject_findings: int  # corrected or false, earlier in the cycle
    unit_findings: int
    heavy: bool  # its indicator is among the weightiest quarter of what is checked

    @property
    def stratum(self) -> str:
        marks = 2 * (self.gap >= Decimal("0.2")) + (0 < self.gap < Decimal("0.2"))
        marks += 2 * (self.subject_findings > 0) + (self.unit_findings > 0) + self.heavy
        return HIGH if marks >= 3 else MIDDLE if marks else LOW


def heavy_from(full_points: Sequence[Decimal]) -> Decimal:
    """Return the full points from which on an indicator is among the weightiest
    quarter; where all weigh the same none is."""
    ordered = sorted(full_points)
    edge = ordered[len(ordered) * 3 // 4] if ordered else Decimal(0)
    return edge if ordered and edge > ordered[0] else Decimal("Infinity")


def allocate(sizes: Mapping[str, int], count: int, floor: Decimal) -> dict[str, int]:
    """Allocate how many of ``count`` each stratum gives: its floor first, the rest by
    size and weight, never more than it holds.

    Empty where ``count`` cannot give every stratum its floor.
    """
    whole = sum(sizes.values())
    given = {name: max(1, ceil(Fraction(floor) * count * size / whole)) for name, size in sizes.items()}
    if sum(given.values()) > count:
        return {}
    weights = {name: WEIGHTS.get(name, 1) * size for name, size in sizes.items()}
    for _ in range(count - sum(given.values())):
        open_ones = [name for name, size in sizes.items() if given[name] < size]
        wanted = {name: Fraction(weights[name], given[name] + 1) for name in open_ones}
        given[max(open_ones, key=lambda name: (wanted[name], name))] += 1
    return given


def stratified(strata: Sequence[str], count: int, floor: Decimal) -> tuple[list[str], dict[str, int]]:
    """Return the stratum of each item and how many each gives; one stratum for
    all where ``count`` is too small for more."""
    given = allocate(Counter(strata), count, floor)
    if given:
        return list(strata), given
    return [ALL] * len(strata), {ALL: count}


def measures(points: Sequence[Decimal], floor: Decimal) -> list[int]:
    """Return sizes in proportion to points, a share ``floor`` of it in equal parts; whole numbers, each above 0."""
    cents = [int(one * 100) for one in points]
    total, part = sum(cents), Fraction(floor)
    if total == 0:
        return [1] * len(cents)
    return [(part.denominator - part.numerator) * one * len(cents) + part.numerator * total for one in cents]
