"""Who stands before whom while numbers move: persons in buckets by their own part, the bureau's part added when asked.

The bureau's score is a term of everybody's final, so its change reorders nobody by itself but may round some finals differently. Finals are
therefore never stored: a person is kept by the exact part that is his own (layer score and unit), and a rank is found by
comparing that part with the threshold which the bureau's score of the moment gives.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from services.scoring.kernel.exact import POINT

FINER = 8  # buckets for each hundredth of the own part: few persons share one even in a large bureau
BUCKETS = FINER * 100 * POINT + 2  # and room for a sum above 100
GROUP = 256  # buckets that are counted together, so that counting does not walk through all of them


class Order:
    """Persons whose own parts, n ÷ d, carry the same ``weight`` of the final score."""

    def __init__(self, weight: int) -> None:
        self.weight = weight
        self.size = 0
        self._counts = np.zeros(BUCKETS, np.int64)
        self._groups = np.zeros(BUCKETS // GROUP + 1, np.int64)
        self._inside: defaultdict[int, set[int]] = defaultdict(set)

    def bucket(self, n: int, d: int) -> int:
        return min(FINER * n // (d * self.weight), BUCKETS - 1) if self.weight else 0

    def put(self, person: int, bucket: int) -> None:
        self._count(bucket, 1)
        self._inside[bucket].add(person)

    def take(self, person: int, bucket: int) -> None:
        self._count(bucket, -1)
        self._inside[bucket].discard(person)

    def above(self, final: int, bureau: int, bureau_weight: int, n: list[int], d: list[int], *, even: bool) -> int:
        """Count how many have a higher final: all in the buckets beyond the threshold,
        and of its own bucket those who really have."""
        twice, edge = self._threshold(final, bureau, bureau_weight)
        group = (edge + 1) // GROUP + 1
        beyond = int(self._counts[edge + 1 : group * GROUP].sum()) + int(self._groups[group:].sum())
        least = 0 if not even or final % 2 == 1 else 1  # whether an exact half goes up
        return beyond + sum(2 * n[one] - twice * d[one] >= least for one in self._inside.get(edge, ()))

    def near(self, final: int, bureau: int, bureau_weight: int) -> Iterator[int]:
        """Yield all who can have this final, and some neighbours."""
        low, high = (self._threshold(one, bureau, bureau_weight)[1] for one in (final - 1, final))
        for bucket in range(max(low, 0), high + 1):
            yield from self._inside.get(bucket, ())

    def _count(self, bucket: int, by: int) -> None:
        self.size += by
        self._counts[bucket] += by
        self._groups[bucket // GROUP] += by

    def _threshold(self, final: int, bureau: int, bureau_weight: int) -> tuple[int, int]:
        """Twice the own part whose final is exactly halfway above ``final``, and the bucket in which that lies."""
        twice = (2 * final + 1) * (self.weight + bureau_weight) - 2 * bureau_weight * bureau
        return twice, min(max(FINER * twice // (2 * self.weight), -1), BUCKETS - 1) if self.weight else 0
