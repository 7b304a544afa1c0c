"""Stages over scaled integers: a weighted mean rounded once, in which a missing part leaves its weight to the others.

Plain operators only: the same functions serve one subject (ints) and all of them (arrays of 64 bits or of Python's ints).
"""

from collections.abc import Iterable
from typing import Any

from services.scoring.kernel.exact import FINE, NONE, POINT, divide

HUNDRED = 100 * FINE


def stage(parts: Iterable[tuple[int, Any]], *, even: bool, finer: int = 1) -> Any:
    """Return Σ w v ÷ Σ w over the values that are there (v ≥ 0), in units ``finer``
    times as wide as theirs; NONE where none is."""
    n: Any = 0
    total: Any = 0
    for weight, value in parts:
        there = weight * (value >= 0)
        n = n + there * value
        total = total + there
    nothing = total == 0
    return divide(n, finer * (total + nothing), even) - nothing


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
