"""Bounds and sample sizes for lots of any size. Floats are in order here: a bound is shown, it never becomes points.

Small lots are counted exactly (domain/sampling/bounds.py), larger ones are bounded by Clopper and Pearson's interval, which
is on the safe side of the exact one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from fractions import Fraction

from scipy.stats import beta

from services.declarations.domain.sampling.bounds import SMALL_LOT, most_false, smallest_sample
from services.declarations.statistics.points_bounds import Unit, most_false_points
from services.declarations.statistics.strata_bounds import Part, most_false_in_strata

PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Bound:
    """The rate is at most ``upper`` with ``confidence``."""

    upper: Decimal
    confidence: Decimal
    method: str  # census, hypergeometric, clopper_pearson, stratified, points


def upper_bound(lot: int, sample: int, found: int, confidence: Decimal) -> Bound:
    """Bound the share of false ones in a lot of which a simple random sample was checked."""
    if sample == lot:
        return Bound(_shown(Fraction(found, lot)), confidence, "census")
    if lot <= SMALL_LOT:
        return Bound(_shown(Fraction(most_false(lot, sample, found, confidence), lot)), confidence, "hypergeometric")
    return Bound(clopper_pearson(sample, found, confidence), confidence, "clopper_pearson")


def clopper_pearson(sample: int, found: int, confidence: Decimal) -> Decimal:
    if found == sample:
        return Decimal(1)
    return _shown(Fraction(float(beta.ppf(float(confidence), found + 1, sample - found))))


def stratified_bound(parts: Sequence[Part], confidence: Decimal) -> Bound:
    """Return the bound of the whole; ``parts``: (lot, sample, found) of each stratum. What was seen whole is known, not bounded."""
    if len(parts) == 1:
        return upper_bound(*parts[0], confidence)
    whole = sum(lot for lot, _, _ in parts)
    if all(sample == lot for lot, sample, _ in parts):
        return Bound(_shown(Fraction(sum(found for _, _, found in parts), whole)), confidence, "census")
    upper = most_false_in_strata(parts, float(1 - confidence))
    return Bound(_shown(Fraction(upper, whole)), confidence, "stratified")


def points_bound(units: Sequence[Unit], confidence: Decimal) -> Bound:
    """Return the bound of the share of points that is false, where items were drawn in proportion to points."""
    whole = sum(one.points for one in units)
    upper = most_false_points(units, float(1 - confidence))
    return Bound(_shown(Fraction(upper, whole or 1)), confidence, "points")


def size_for(lot: int, rate: Decimal, confidence: Decimal, expected: int = 0) -> int:
    """Return the smallest sample in which no more than ``expected`` false ones found bound the rate at ``rate``; the lot where none does."""
    if lot <= SMALL_LOT:
        return smallest_sample(lot, rate, confidence, expected)
    low, high = expected + 1, lot
    while low < high:
        middle = (low + high) // 2
        if clopper_pearson(middle, expected, confidence) <= rate:
            high = middle
        else:
            low = middle + 1
    return low


def _shown(rate: Fraction) -> Decimal:
    """In millionths, away from zero: a bound is never shown smaller than it is."""
    return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(PLACES, ROUND_UP)
