"""Bounds and sample sizes for lots of any size. Floats are in order here: a bound is shown, it never becomes points.

Small lots are counted exactly (domain/sampling/bounds.py), larger ones are bounded by Clopper and Pearson's interval, which
is on the safe side of the exact one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from fractions import Fraction
from math import ceil, log

from scipy.stats import beta

from services.declarations.domain.sampling.bounds import SMALL_LOT, most_false, smallest_sample

PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Bound:
    """The rate is at most ``upper`` with ``confidence``."""

    upper: Decimal
    confidence: Decimal
    method: str  # census, hypergeometric, clopper_pearson, stratified, points


def upper_bound(lot: int, sample: int, found: int, confidence: Decimal) -> Bound:
    """Of the share of false ones in a lot of which a simple random sample was checked."""
    if sample == lot:
        return Bound(_shown(Fraction(found, lot)), confidence, "census")
    if lot <= SMALL_LOT:
        return Bound(_shown(Fraction(most_false(lot, sample, found, confidence), lot)), confidence, "hypergeometric")
    return Bound(clopper_pearson(sample, found, confidence), confidence, "clopper_pearson")


def clopper_pearson(sample: int, found: int, confidence: Decimal) -> Decimal:
    if found == sample:
        return Decimal(1)
    return _shown(Fraction(float(beta.ppf(float(confidence), found + 1, sample - found))))


def stratified_bound(parts: Sequence[tuple[int, int, int]], confidence: Decimal) -> Bound:
    """``parts``: (lot, sample, found) of each stratum. The doubt is shared among them, so that all bounds hold together."""
    if len(parts) == 1:
        return upper_bound(*parts[0], confidence)
    each = 1 - (1 - confidence) / len(parts)
    whole = sum(lot for lot, _, _ in parts)
    upper = sum(Fraction(upper_bound(*part, each).upper) * part[0] for part in parts) / whole
    return Bound(_shown(Fraction(upper)), confidence, "stratified")


def points_bound(sample: int, found: int, floor: Decimal, confidence: Decimal) -> Bound:
    """Of the share of points that is false, where the draw was in proportion to points but for the share ``floor``."""
    upper = min(Fraction(1), Fraction(clopper_pearson(sample, found, confidence)) / (1 - Fraction(floor)))
    return Bound(_shown(upper), confidence, "points")


def size_for(lot: int, rate: Decimal, confidence: Decimal) -> int:
    """The smallest sample in which nothing false found bounds the rate at ``rate``."""
    if lot <= SMALL_LOT:
        return smallest_sample(lot, rate, confidence)
    return min(lot, ceil(log(1 - float(confidence)) / log(1 - float(rate))))


def _shown(rate: Fraction) -> Decimal:
    """In millionths, away from zero: a bound is never shown smaller than it is."""
    return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(PLACES, ROUND_UP)
