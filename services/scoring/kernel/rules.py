"""The arithmetic of the rules over columns, the one place where it is written for arrays (rules/ is the definition for one item).

Each rule takes the year's two quantities of its lines and the item's parameters and gives points in hundredths as a fraction not
yet rounded, (numerator, denominator). What ``a`` and ``b`` are, and in which units, is said with each; all lines of a column share the units.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Fraction2 = tuple[Any, Any]
RATIO, DEDUCT, ACCUMULATE, TIER, MEAN, GRADE = range(6)


def ratio(a: Any, b: Any, p: Any) -> Fraction2:
    """Return F × min(cap, a ÷ b): done and target (for a checklist: fulfilled and
    all). p: 100 F (n, d), cap (n, d), at most 1."""
    return p[0] * np.minimum(p[2] * b, p[3] * a), p[1] * p[3] * np.maximum(b, 1)


def deduct(a: Any, b: Any, p: Any) -> Fraction2:  # noqa: ARG001 - every rule is called alike
    """Return F − a: what all deductions are worth. p: F and 1 point in the units of a."""
    return 100 * np.maximum(p[0] - a, 0), p[1]


def accumulate(a: Any, b: Any, p: Any) -> Fraction2:  # noqa: ARG001 - the same
    """Return min(cap, a): what all that counts is worth. p: the cap and 1 point in the units of a."""
    return 100 * np.minimum(a, p[0]), p[1]


def tier(a: Any, b: Any, p: Any) -> Fraction2:
    """Return the points of the best step that a ÷ b meets. p: units of 1 hundredth, ±1, then
    (points, bound n, bound d) of each step."""
    value = 0 * a
    for step in range(len(p) - 3, 1, -3):  # the best step last, so that it overrules
        met = p[1] * (p[step + 2] * a - p[step + 1] * b) >= 0
        value = value + met * (p[step] - value)
    return value * (b > 0), p[0]


def mean(a: Any, b: Any, p: Any) -> Fraction2:  # noqa: ARG001 - the same
    """Return a ÷ b: the hundredths that the periods gave and how many they were."""
    return a, np.maximum(b, 1)


def grade(a: Any, b: Any, p: Any) -> Fraction2:
    """Return F × a ÷ b: the coefficients of all votes and their number. p: 100 F (n, d) in the units of a and b."""
    return p[0] * a, p[1] * np.maximum(b, 1)


BY_CODE: tuple[Callable[[Any, Any, Any], Fraction2], ...] = (ratio, deduct, accumulate, tier, mean, grade)


def reach(rule: int, p: Sequence[int], a: int, b: int, parts: int) -> int:
    """Return what no step passes for quantities up to ``a`` and ``b`` and ``parts``
    periods; what ``divide`` adds is counted in."""
    b = max(b, 1)
    if rule == RATIO:
        n, d = p[0] * max(p[2] * b, p[3] * a), p[1] * p[3] * b
    elif rule in (DEDUCT, ACCUMULATE):
        n, d = 100 * (p[0] + a), p[1]
    elif rule == TIER:
        bounds = max(map(abs, p[3:]), default=1)
        return max(2 * parts * (max(p) + p[0]), 2 * bounds * (a + b))
    elif rule == GRADE:
        n, d = p[0] * a, p[1] * b
    else:
        n, d = a, b
    return 2 * parts * (n + d)
