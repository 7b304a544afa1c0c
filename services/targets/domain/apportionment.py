"""Sharing a whole number out in proportion to weights, within bounds, so that the shares add up exactly.

Shares are first the proportional ones, clipped to their bounds at one common level; then the largest remainders are
rounded up (Hamilton's method). Equal remainders are ordered by the caller's ``tie``, never by the order of the input.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Bearer:
    """Who takes a share: ``weight`` > 0, and at least ``least`` and at most ``most`` (None: no limit)."""

    weight: int
    least: int = 0
    most: int | None = None
    tie: int = 0


def apportion(total: int, bearers: Mapping[str, Bearer]) -> dict[str, int]:
    """Return the shares of ``total`` by bearer. They add up to ``total``, or to the
    sum of the upper bounds where that is less.

    The lower bounds must add up to no more than ``total``.
    """
    wanted = _exact_shares(total, bearers)
    shares = {code: int(share) for code, share in wanted.items()}
    left = int(sum(wanted.values(), Fraction(0))) - sum(shares.values())
    by_remainder = sorted(bearers, key=lambda code: (shares[code] - wanted[code], bearers[code].tie, code))
    for code in by_remainder[:left]:
        shares[code] += 1
    return shares


def _capacity(bearers: Mapping[str, Bearer], total: int) -> int:
    """What all can carry, as far as it matters for ``total``."""
    return sum(total if bearer.most is None else bearer.most for bearer in bearers.values())


def _exact_shares(total: int, bearers: Mapping[str, Bearer]) -> dict[str, Fraction]:
    """Shares before rounding: of ``total``, or of all that can be carried where that is less."""
    level = _level(min(total, _capacity(bearers, total)), bearers)
    return {code: _at(level, bearer) for code, bearer in bearers.items()}


def _at(level: Fraction, bearer: Bearer) -> Fraction:
    share = max(level * bearer.weight, Fraction(bearer.least))
    return share if bearer.most is None else min(share, Fraction(bearer.most))


def _level(total: int, bearers: Mapping[str, Bearer]) -> Fraction:
    """The level at which the clipped shares add up to ``total``: their sum grows in straight pieces between the bounds."""
    points = [Fraction(0), *sorted(_bounds(bearers))]
    above = bisect_left(points, Fraction(total), lo=1, key=lambda point: _sum_at(point, bearers))
    below, below_sum = points[above - 1], _sum_at(points[above - 1], bearers)
    if above < len(points):
        return _between(total, below, below_sum, points[above], _sum_at(points[above], bearers))
    rising = sum(bearer.weight for bearer in bearers.values() if bearer.most is None)
    return below + (total - below_sum) / rising if rising else below


def _sum_at(level: Fraction, bearers: Mapping[str, Bearer]) -> Fraction:
    return sum((_at(level, bearer) for bearer in bearers.values()), Fraction(0))


def _bounds(bearers: Mapping[str, Bearer]) -> set[Fraction]:
    least = {Fraction(bearer.least, bearer.weight) for bearer in bearers.values()}
    most = {Fraction(bearer.most, bearer.weight) for bearer in bearers.values() if bearer.most is not None}
    return least | most


def _between(total: int, low: Fraction, low_sum: Fraction, high: Fraction, high_sum: Fraction) -> Fraction:
    if high_sum == low_sum:
        return high
    return low + (high - low) * (total - low_sum) / (high_sum - low_sum)
