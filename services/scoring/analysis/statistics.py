"""A little statistics: Student's t, Welch's test, many tests at once, correlations with their intervals. Checked against published tables."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """Two groups: difference of means, its t and two-sided p. p is 1 where nothing can be said."""

    difference: float
    t: float
    freedom: float
    p: float


def welch(one: Sequence[float], other: Sequence[float]) -> Comparison:
    """Compare by Welch's t-test (Biometrika 1947): unequal variances, degrees of freedom by Satterthwaite."""
    if len(one) < 2 or len(other) < 2:
        return Comparison(0.0, 0.0, 0.0, 1.0)
    difference = _mean(one) - _mean(other)
    parts = [_variance(group) / len(group) for group in (one, other)]
    spread = sum(parts)
    if spread < 1e-15:
        certain = abs(difference) > 1e-12  # nobody varies: any difference is one of the groups, not of chance
        return Comparison(
            difference, math.copysign(math.inf, difference) if certain else 0.0, 0.0, 0.0 if certain else 1.0
        )
    t = difference / math.sqrt(spread)
    freedom = spread**2 / sum(part**2 / (len(group) - 1) for part, group in zip(parts, (one, other), strict=True))
    return Comparison(difference, t, freedom, two_sided(t, freedom))


def two_sided(t: float, freedom: float) -> float:
    """Return P(|T| ≥ |t|) of Student's t: the regularised incomplete beta function at ν ÷ (ν + t²)."""
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values by Benjamini–Hochberg (1995): of what is called remarkable
    below q, no more than q is expected to be noise."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place], reverse=True)
    found, least = [1.0] * len(p_values), 1.0
    for number, place in enumerate(order):
        least = min(least, p_values[place] * len(p_values) / (len(p_values) - number))
        found[place] = least
    return found


def correlation(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float] | None:
    """Return Pearson's r with its 95 % interval by Fisher's z; None where one side
    does not vary or fewer than four pairs are."""
    if len(one) < 4:
        return None
    mine, theirs = _mean(one), _mean(other)
    across = sum((x - mine) * (y - theirs) for x, y in zip(one, other, strict=True))
    spread = math.sqrt(sum((x - mine) ** 2 for x in one) * sum((y - theirs) ** 2 for y in other))
    if spread < 1e-12:
        return None
    r = max(-1.0, min(1.0, across / spread))
    z, width = math.atanh(max(-0.999999, min(0.999999, r))), 1.959964 / math.sqrt(len(one) - 3)
    return r, math.tanh(z - width), math.tanh(z + width)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return I_x(a, b), by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, 300):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d, tiny)
            c = _away(1 + term / c, tiny)
            step = c * d
            value *= step
        if abs(step - 1) < 1e-14:
            break
    return value


def _away(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
