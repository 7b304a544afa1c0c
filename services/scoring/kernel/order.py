"""Who stands before whom while numbers move: persons in buckets by their own part, the bureau's part added when asked.

The bureau's score is a term of everybody's final, so its change reorders nobody by itself but may round some finals differently. Finals are
therefore never stored: a person is kept by the exact part that is his own (layer score and unit), and a rank is found by
comparing that part with the threshold which the bureau's score of the moment gives.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.scoring.kernel.exact import POINT, divide

BUCKETS = 100 * POINT + 2  # one for each hundredth of the own part, and room for a sum above 100


@dataclass(frozen=True)
class Own:
    """The own part: ``n`` ÷ ``d`` × weights, exact. ``weights`` of what is there."""

    n: int
    d: int
    weight: int

    @property
    def bucket(self) -> int:
        return min(self.n // (self.d * self.weight), BUCKETS - 1) if self.weight else 0

    def final(self, bureau: int, bureau_weight: int, *, even: bool) -> int:
        """Hundredths; ``bureau_weight`` 0 where the bureau has no score."""
        whole = self.weight + bureau_weight
        return int(divide(self.n + bureau_weight * bureau * self.d, whole * self.d, even))


class Order:
    """Persons whose own parts have the same weights, counted by bucket."""

    def __init__(self, weight: int) -> None:
        self.weight = weight
        self.counts = np.zeros(BUCKETS, np.int64)
        self.inside: defaultdict[int, set[int]] = defaultdict(set)

    def put(self, person: int, own: Own) -> None:
        self.counts[own.bucket] += 1
        self.inside[own.bucket].add(person)

    def take(self, person: int, own: Own) -> None:
        self.counts[own.bucket] -= 1
        self.inside[own.bucket].discard(person)

    def above(self, final: int, bureau: int, bureau_weight: int, owns: dict[int, Own], *, even: bool) -> int:
        """How many have a higher final: all in the buckets beyond the threshold, and of its own bucket those who really have."""
        edge = self._edge(final, bureau, bureau_weight)
        beyond = int(self.counts[edge + 1 :].sum())
        close = self.inside.get(edge, ())
        return beyond + sum(owns[one].final(bureau, bureau_weight, even=even) > final for one in close)

    def near(self, final: int, bureau: int, bureau_weight: int) -> Iterator[int]:
        """All who can have this final, and some neighbours."""
        low, high = (self._edge(one, bureau, bureau_weight) for one in (final - 1, final))
        for bucket in range(max(low, 0), high + 1):
            yield from self.inside.get(bucket, ())

    def _edge(self, final: int, bureau: int, bureau_weight: int) -> int:
        """The bucket of the own part from which the final rounds above ``final``."""
        if not self.weight:
            return 0
        whole = self.weight + bureau_weight
        twice = (2 * final + 1) * whole - 2 * bureau_weight * bureau
        return min(max(twice // (2 * self.weight), -1), BUCKETS - 1)
