"""Whether more cases came in a week than chance explains, by a test that holds for small numbers.

Two Poisson counts, ``now`` of one week and ``former`` of the ``weeks`` before: were both of one rate, each of the ``now + former``
cases would lie in the week with probability 1 / (weeks + 1). So the chance of as many is a tail of a binomial, exact for any numbers,
none included (Przyborowski and Wilenski, Biometrika 31 (1940) 313-323: the conditional test of two Poisson means). As there are many
goods, traders and places, a chance has to be that much rarer (Bonferroni): then at most one look in ``LOOKS`` warns of nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import comb

WEEKS, LEAST, LOOKS = 12, 3, 20
_DIGITS = 12


@dataclass(frozen=True)
class HotSpot:
    """``about``: the goods, the trader's code, the unit's code. ``week``: its Monday."""

    kind: str
    about: str
    week: date
    cases: int
    former: int
    weeks: int
    chance: Fraction


def chance_of(now: int, former: int, weeks: int) -> Fraction:
    """Return the chance that at least ``now`` of ``now + former`` cases lie in one of ``weeks + 1`` weeks."""
    total = now + former
    tail = sum(comb(total, count) * weeks ** (total - count) for count in range(now, total + 1))
    return Fraction(tail, (weeks + 1) ** total)


def hot(kind: str, week: date, counts: Mapping[str, Sequence[int]]) -> list[HotSpot]:
    """Return what is hot, the least likely first. ``counts``: of each thing the cases of the weeks before, and last of ``week``.

    The chance of each is held against the number of things that had any case in the week.
    """
    asked = {about: told for about, told in counts.items() if told[-1] >= LEAST}
    compared = sum(1 for told in counts.values() if told[-1])
    found = [_of(kind, about, week, told) for about, told in asked.items()]
    rare = [one for one in found if one.chance * compared * LOOKS <= 1]
    return sorted(rare, key=lambda one: (one.chance, one.about))


def _of(kind: str, about: str, week: date, told: Sequence[int]) -> HotSpot:
    former, weeks = sum(told[:-1]), len(told) - 1
    return HotSpot(kind, about, week, told[-1], former, weeks, chance_of(told[-1], former, weeks))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def written(chance: Fraction) -> str:
    """Return a chance as a decimal, cut after twelve places."""
    return f"0.{int(chance * 10**_DIGITS):0{_DIGITS}d}" if chance < 1 else "1"
