"""How many may be false in the whole, given what the sample showed: the exact upper bound for a finite lot.

Whole numbers throughout; what needs a distribution of real numbers is in services/declarations/statistics.
"""

from decimal import Decimal
from fractions import Fraction
from math import comb

SMALL_LOT = 5000  # up to here the bound is the hypergeometric one, beyond it the binomial one hardly differs


def most_false(lot: int, sample: int, found: int, confidence: Decimal) -> int:
    """Return the largest number of false ones in ``lot`` that the sample does not rule out at ``confidence``."""
    doubt = 1 - Fraction(confidence)
    low, high = found, lot - (sample - found)  # what was seen bounds both ends
    while low < high:
        middle = (low + high + 1) // 2
        if _at_most(lot, middle, sample, found) > doubt:
            low = middle
        else:
            high = middle - 1
    return low


def smallest_sample(lot: int, rate: Decimal, confidence: Decimal, expected: int = 0) -> int:
    """Return the smallest sample in which ``expected`` false ones found bound the rate at ``rate``; the lot where none smaller does."""
    low, high = min(expected + 1, lot), lot
    while low < high:
        middle = (low + high) // 2
        if most_false(lot, middle, expected, confidence) <= Fraction(rate) * lot:
            high = middle
        else:
            low = middle + 1
    return low


def _at_most(lot: int, false: int, sample: int, found: int) -> Fraction:
    """P(at most ``found`` false ones in the sample), where ``false`` of the ``lot`` are."""
    ways = sum(comb(false, seen) * comb(lot - false, sample - seen) for seen in range(found + 1))
    return Fraction(ways, comb(lot, sample))
