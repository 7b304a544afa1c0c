"""Draws that anyone can repeat with a hash and a division: a public value decides, nobody else (docs/decisions/0230).

``order`` is the scheme of RFC 3797 with SHA-256 in the place of MD5. ``systematic`` draws in proportion to a measure, with a start
that the same key decides.
"""

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate, islice
from typing import Any, TypeVar

T = TypeVar("T")
Hash = Callable[[bytes], Any]


def number(key: bytes, step: int, hashed: Hash = hashlib.sha256) -> int:
    """Return the digest of be16(step) ‖ key ‖ be16(step), read as a whole number."""
    counter = step.to_bytes(2, "big")
    return int.from_bytes(hashed(counter + key + counter).digest(), "big")


def order(items: Sequence[T], key: bytes, count: int, hashed: Hash = hashlib.sha256) -> list[T]:
    """Return the first ``count`` drawn: each digest, modulo how many remain, is
    the place of the next; it is taken out."""
    remaining = list(items)
    return [remaining.pop(number(key, step, hashed) % len(remaining)) for step in range(count)]


def inclusion(measures: Sequence[int], count: int) -> list[Fraction]:
    """Return the probability of each to be among ``count`` drawn in proportion to
    ``measures``; together exactly ``count``.

    Whatever would be drawn more than once is certain, and the others share what is left.
    """
    certain: set[int] = set()
    while True:
        rest = sum(measure for place, measure in enumerate(measures) if place not in certain)
        left = count - len(certain)
        more = {place for place, measure in enumerate(measures) if place not in certain and left * measure >= rest > 0}
        if not more or left <= 0:
            break
        certain |= more
    return [
        Fraction(1) if place in certain else Fraction(left * measure, rest or 1)
        for place, measure in enumerate(measures)
    ]


def systematic(items: Sequence[T], measures: Sequence[int], key: bytes, count: int) -> list[T]:
    """Draw ``count`` of ``items``, each with its probability of ``inclusion``:
    one start, then equal steps along the list."""
    chances = inclusion(measures, count)
    start = Fraction(number(key, 0), 1 << 256)
    ends = list(accumulate(chances))
    chosen = (
        item
        for item, end, chance in zip(items, ends, chances, strict=True)
        if _points_before(end, start) > _points_before(end - chance, start)
    )
    return list(islice(chosen, count))


def _points_before(end: Fraction, start: Fraction) -> int:
    """How many of start, start + 1, start + 2 … lie below ``end``."""
    return max(0, -((start - end) // 1))
