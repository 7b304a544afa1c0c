"""Whole numbers only: scaled integers, one rounding, and how far 32 and 64 bits reach.

Points are hundredths, category scores ten-thousandths of a point. Every function here takes plain ints or
numpy arrays of ints, so that one line of arithmetic serves a single subject and a million alike.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]  # of any integer type, or of Python's own ints where 64 bits do not suffice
POINT = 100  # a published score of 1 point
FINE = 10_000  # a category score of 1 point
NONE = -1  # no score: nothing applied


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
