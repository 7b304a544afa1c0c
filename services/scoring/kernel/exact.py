"""Whole numbers only: scaled integers, one rounding, and how far 32 and 64 bits reach.

Points are hundredths, category scores ten-thousandths of a point. Every function here takes plain ints or
numpy arrays of ints, so that one line of arithmetic serves a single subject and a million alike: of frozen runs, of the standing and
of whatever is tried out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]  # of any integer type, or of Python's own ints where 64 bits do not suffice
POINT = 100  # a published score of 1 point
FINE = 10_000  # a category score of 1 point
HUNDRED = 100 * FINE
NONE = -1  # no score: nothing applied


@dataclass(frozen=True)
class Mean:
    """An exact arithmetic mean, or many: Σ and how many were there."""

    total: Any
    count: Any

    def at(self, place: int) -> "Mean":
        return Mean(int(self.total[place]), int(self.count[place]))

    def wide(self, kind: type[Any]) -> "Mean":
        """Return it in a type in which no product of a stage is too large."""
        return Mean(wide(self.total, kind), wide(self.count, kind))


def stage(parts: Iterable[tuple[int, Any]], *, even: bool, finer: int = 1) -> Any:
    """Return Σ w v ÷ Σ w over the values that are there (scores ≥ 0, means of something), in units ``finer`` times as wide as
    theirs, exact until its one rounding; NONE where none is there.

    A mean is brought over the product of all denominators.
    """
    n: Any = 0
    total: Any = 0
    common: Any = 1
    fractional = False  # whether anything was brought over a denominator: most stages are of scores alone
    for weight, value in parts:
        if not isinstance(value, Mean):
            here = value >= 0
            there = weight if isinstance(here, np.ndarray) and here.all() else weight * here  # quicker
            n = n + there * value * common if fractional else n + there * value
        elif np.all(value.count == 1):
            there = weight
            n = n + weight * value.total * common
        else:
            there = weight * (value.count > 0)
            count = value.count + (value.count == 0)
            n = n * count + there * value.total * common
            common, fractional = common * count, True
        total = total + there
    nothing = total == 0
    return divide(n, finer * common * (total + nothing), even) - nothing


def category(name: str, points: Any, full: Any, full_unit: int, *, even: bool) -> Any:
    """Return 100 × Σ points ÷ Σ full in ten-thousandths, points in hundredths;
    contributions accumulate up to 100 instead.

    ``full`` 0: nothing applies, NONE.
    """
    nothing = full == 0
    if name == "contribution":
        earned = points * (FINE // POINT)
        return earned - (earned > HUNDRED) * (earned - HUNDRED) + NONE * nothing
    return divide(FINE * full_unit * points, full + nothing, even) + NONE * nothing


def wide(value: Any, kind: type[Any]) -> Any:
    return value.astype(kind) if isinstance(value, (np.ndarray, np.bool_)) else int(value)


def divide(n: Any, d: Any, even: Any) -> Any:
    """Return n ÷ d (n ≥ 0, d > 0) rounded half-up, or half-even (GB/T 8170) where ``even``.

    Half of d, floored, is enough to lift the quotient: a remainder of d ÷ 2 or more is one of (d + 1) // 2 or more.
    """
    whole = (n + d // 2) // d
    if even:
        whole = whole - (whole & 1) * (2 * whole * d == 2 * n + d)
    return whole


def work_type(reach: int) -> type[Any]:
    """Return the narrowest type in which no step can pass ``reach``; Python's
    own ints beyond 64 bits: slow, still exact."""
    if reach < 2**31:
        return np.int32
    return np.int64 if reach < 2**63 else object


def narrowest(values: list[int], least: type[Any] = np.int16) -> Ints:
    """Return ``values`` in the narrowest of 16, 32 and 64 bits that holds them, in Python's own ints beyond."""
    if not values:
        return np.zeros(0, least)
    low, high = min(values), max(values)
    for kind in (least, np.int32, np.int64):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return np.array(values, kind)
    return np.array(values, object)
