"""What share of the points may be false, where items were drawn in proportion to their points: by inverting a test.

Items drawn with certainty are a census: what they showed is known. Of the others any set of false ones that is consistent with what
was seen counts as possible while finding no more than was found is likelier than the doubt allowed. Each is drawn with its own
chance; the number found is taken as a sum of independent draws, which a sample without replacement stays below in spread. Among
sets of one chance those with most points matter, so items are taken by points for each unit of chance (the fractional knapsack of
Dantzig 1957), the last one whole, which errs on the safe side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log1p

from services.declarations.domain.sampling.draws import inclusion


@dataclass(frozen=True)
class Unit:
    """An item of the list: its points in any whole unit, its chance to be drawn, and what was found (None: it was not drawn)."""

    points: int
    chance: Fraction
    false: bool | None = None


def points_of(measures: Sequence[int], floor: Fraction) -> list[int]:
    """Return the points (in a common unit) behind the ``measures`` of a list, of which a share ``floor`` is in equal parts."""
    each = floor.numerator * sum(measures) // (len(measures) * floor.denominator)
    return [one - each for one in measures]


def units_of(measures: Sequence[int], floor: Fraction, drawn: int, found: Sequence[bool | None]) -> list[Unit]:
    """Return the items of a list of which ``drawn`` were drawn; ``found``: for each whether it is false, None: not drawn."""
    chances = inclusion(measures, drawn)
    return [Unit(*one) for one in zip(points_of(measures, floor), chances, found, strict=True)]


def most_false_points(units: Sequence[Unit], doubt: float) -> int:
    """Return the most points that may be false, consistent with what was drawn, at ``doubt``."""
    known = sum(one.points for one in units if one.false)
    seen = [float(one.chance) for one in units if one.false and one.chance < 1]
    unseen = [one for one in units if one.false is None and one.points > 0]
    keys: tuple[Callable[[Unit], float], ...] = (
        lambda one: one.points / -log1p(-min(float(one.chance), 1 - 1e-12)),
        lambda one: one.points / float(one.chance),
    )
    return known + max((_most(sorted(unseen, key=key, reverse=True), seen, doubt) for key in keys), default=0)


def _most(ordered: Sequence[Unit], seen: Sequence[float], doubt: float) -> int:
    """Return the points of as many of ``ordered`` as can be false beside those ``seen``, the one that rules it out included."""
    at_most = [1.0, *[0.0] * len(seen)]  # the chance of each number found, from none to as many as were seen
    for chance in seen:
        at_most = _with(at_most, chance)
    points = 0
    for one in ordered:
        at_most = _with(at_most, float(one.chance))
        points += one.points
        if sum(at_most) <= doubt:
            break
    return points


def _with(at_most: Sequence[float], chance: float) -> list[float]:
    """Return the chances of each number found once one more may be found; numbers beyond those kept are let go."""
    before = [0.0, *at_most[:-1]]
    return [one * (1 - chance) + less * chance for one, less in zip(at_most, before, strict=True)]
