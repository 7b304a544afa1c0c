"""How many may be false in all strata together: the exact bound by inverting a test over every way in which they could be spread.

The statistic is the estimated number of false ones, Σ Nₕ ÷ nₕ · xₕ. A number D is ruled out where even the likeliest spread of D over
the strata gives an estimate as low as the one seen with less than the doubt allowed; the bound is the largest D that is not ruled
out (Neyman's inversion; Wright 1991, Exact Confidence Bounds when Sampling from Small Finite Universes, for one stratum).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations, product
from math import lcm

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

Part = tuple[int, int, int]  # lot, sample, found
Floats = NDArray[np.float64]
_SLACK = 1e-9  # of the doubt: what rounding may hide is not ruled out


def most_false_in_strata(parts: Sequence[Part], doubt: float) -> int:
    """Return the largest number of false ones in all ``parts`` together that their samples do not rule out at ``doubt``."""
    known = sum(found for lot, sample, found in parts if sample == lot)
    open_parts = [part for part in parts if part[1] < part[0]]
    return known + _Spread(open_parts).most(doubt) if open_parts else known


class _Spread:
    """Strata of which a part was seen."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        scale = lcm(*(sample for _, sample, _ in parts))
        self.weights = [lot * scale // sample for lot, sample, _ in parts]
        self.limit = sum(weight * part[2] for weight, part in zip(self.weights, parts, strict=True))
        self.least = tuple(found for _, _, found in parts)
        self.most_of = tuple(lot - sample + found for lot, sample, found in parts)
        self.most_seen = [min(part[1], self.limit // weight) for part, weight in zip(parts, self.weights, strict=True)]
        reach = np.fromiter(self._reaches(), dtype=np.int64)
        self.within, self.reach = reach >= 0, reach.clip(0)
        self.chance = cache(self._chance)
        self.seen = cache(self._seen)

    def most(self, doubt: float) -> int:
        low, high = sum(self.least), sum(self.most_of)
        while low < high:
            middle = (low + high + 1) // 2
            if self._likeliest(middle) > doubt * (1 - _SLACK):
                low = middle
            else:
                high = middle - 1
        return low

    def _likeliest(self, false: int) -> float:
        """Return the greatest chance of an estimate as low as the one seen, over all spreads of ``false``."""
        return max(self._climb(start, false) for start in self._starts(false))

    def _starts(self, false: int) -> set[tuple[int, ...]]:
        """Return spreads that fill the strata one after another, in every order (three strata at most are drawn from)."""
        starts = set()
        for order in permutations(range(len(self.parts))):
            spread, left = list(self.least), false - sum(self.least)
            for place in order:
                more = min(left, self.most_of[place] - spread[place])
                spread[place] += more
                left -= more
            starts.add(tuple(spread))
        return starts

    def _climb(self, spread: tuple[int, ...], false: int) -> float:
        """Return the best chance that moving false ones between two strata leads to, in steps that become smaller."""
        best, step = self.chance(spread), max(1, false // 2)
        while step:
            better = max((self.chance(other), other) for other in (spread, *self._moved(spread, step)))
            if better[0] > best:
                best, spread = better
            else:
                step //= 2
        return best

    def _moved(self, spread: tuple[int, ...], step: int) -> list[tuple[int, ...]]:
        moved = []
        for giver, taker in permutations(range(len(spread)), 2):
            amount = min(step, spread[giver] - self.least[giver], self.most_of[taker] - spread[taker])
            if amount > 0:
                other = list(spread)
                other[giver] -= amount
                other[taker] += amount
                moved.append(tuple(other))
        return moved

    def _chance(self, spread: tuple[int, ...]) -> float:
        """Return the chance of an estimate as low as the one seen, where the false ones are spread so."""
        *others, last = (self.seen(place, false) for place, false in enumerate(spread))
        together = np.ones(1)
        for one in others:
            together = np.multiply.outer(together, one)
        return float((together.ravel() * np.cumsum(last)[self.reach] * self.within).sum())

    def _reaches(self) -> Iterator[int]:
        """Yield for each combination of numbers seen in all strata but the last how many more there the estimate allows; −1: none."""
        *others, _ = (range(most + 1) for most in self.most_seen)
        for counts in product(*others):
            left = self.limit - sum(count * weight for count, weight in zip(counts, self.weights, strict=False))
            yield min(left // self.weights[-1], self.most_seen[-1]) if left >= 0 else -1

    def _seen(self, place: int, false: int) -> Floats:
        """Return the chance of each number seen in the sample of a stratum of which ``false`` are false."""
        lot, sample, _ = self.parts[place]
        return np.asarray(hypergeom.pmf(np.arange(self.most_seen[place] + 1), lot, false, sample), dtype=np.float64)
