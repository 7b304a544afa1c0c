"""Draws that depend on nothing but a seed and the words that name them: the same everywhere, in any order, without floats."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of whole numbers named by ``words``; two streams with different words know nothing of one another."""

    def __init__(self, seed: int | str, *words: object) -> None:
        self._key = ":".join((str(seed), *map(str, words))).encode()
        self._count = 0
        self._bits = 0
        self._left = 0

    def below(self, bound: int) -> int:
        """Draw a number in 0..bound-1. 32 bits are drawn: the bias for small bounds is below one in a million."""
        return (self._next() * bound) >> 32

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def chance(self, per_mille: int) -> bool:
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def _next(self) -> int:
        if self._left == 0:
            self._bits = int.from_bytes(sha256(self._key + self._count.to_bytes(4, "big")).digest(), "big")
            self._count += 1
            self._left = 8
        self._left -= 1
        value = self._bits & 0xFFFFFFFF
        self._bits >>= 32
        return value
