"""Ballots that were agreed upon: blocs, found by what they have in common beyond everybody's judgement. No name is needed.

What a rater gives beyond severity and merit is that rater's own opinion; of two who did not speak it is uncorrelated. Merits and severities are
taken by medians (median polish, Tukey 1977), which a minority cannot move, so that a bloc does not hide in the values it made itself. Two
ballots belong together whose residuals correlate beyond chance, adjusted for the number of pairs looked at; a bloc is what such
pairs link, together fewer than half of all: a majority is an opinion. Two alone have to be as good as the same.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from rules.votes import FEWEST
from services.declarations.calibration.agreement import Floats

LEVEL, ALIKE = 0.05, 0.6  # of any false pair in a campaign; a correlation below is no agreement, however sure it is
ALONE, SAME = 0.005, 0.95  # the same of a bloc of two
SHARED = 5  # subjects that two ballots must have in common
MOST = 3000  # ballots, beyond which nothing is searched
ROUNDS = 10
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Blocs:
    """``searched``: false where there were too many ballots; ``members``: of each bloc the numbers of its ballots, the largest first."""

    searched: bool
    members: list[list[int]]

    @property
    def ballots(self) -> set[int]:
        return {one for bloc in self.members for one in bloc}


def find_blocs(matrix: Floats, left: Floats | None = None) -> Blocs:
    """Find the blocs among ballots × subjects, NaN where there is no vote; ``left``: its residuals where they are known."""
    count = len(matrix)
    if count > MOST:
        return Blocs(searched=False, members=[])
    if count < 2 * FEWEST + 1:
        return Blocs(searched=True, members=[])
    pairs = _pairs(residuals(matrix) if left is None else left, _varied(matrix))
    linked = [one for one in _linked(pairs.beyond(LEVEL, ALIKE)) if len(one) > 1]
    same = pairs.beyond(ALONE, SAME)
    blocs, room = [], (count - 1) // 2
    for one in sorted(linked, key=lambda one: (-len(one), one)):
        if len(one) <= room and (len(one) > 2 or same[one[0], one[1]]):
            blocs.append(one)
            room -= len(one)
    return Blocs(searched=True, members=blocs)


@dataclass(frozen=True)
class Pairs:
    """Of every two ballots: whether they can be ``compared``, their correlation, and how many standard errors it is off nought."""

    compared: Flags
    correlation: Floats
    score: Floats

    def beyond(self, level: float, least: float) -> Flags:
        """Return the pairs of at least this correlation, of which chance gives any with ``level``."""
        critical = NormalDist().inv_cdf(1 - level / max(1, int(self.compared.sum()) // 2))
        return np.asarray(self.compared & (self.correlation >= least) & (self.score > critical))


def residuals(matrix: Floats) -> Floats:
    """Return what is left of each vote without the subject's and the rater's median."""
    left, there = matrix, ~np.isnan(matrix)
    of_subjects, of_raters = _Medians(there.sum(axis=0)), _Medians(there.sum(axis=1))
    for _ in range(ROUNDS):
        before = left
        left = left - of_subjects.down(left)
        left = (left.T - of_raters.down(left.T)).T
        if np.array_equal(left, before, equal_nan=True):  # and so would every further round be
            break
    return left


class _Medians:
    """The medians of columns in which ``number`` votes are: 0 where there is none."""

    def __init__(self, number: NDArray[np.int64]) -> None:
        self._some, self._columns = number > 0, np.arange(len(number))
        self._low, self._high = np.maximum(number - 1, 0) // 2, number // 2

    def down(self, values: Floats) -> Floats:
        ordered = np.sort(values, axis=0)  # what is not there comes last
        middle = (ordered[self._low, self._columns] + ordered[self._high, self._columns]) / 2
        return np.where(self._some, middle, 0.0)


def _varied(matrix: Floats) -> Flags:
    """Which ballots tell their subjects apart: one grade for all favours nobody."""
    lowest, highest = np.nanmin(matrix, axis=1, initial=np.inf), np.nanmax(matrix, axis=1, initial=-np.inf)
    return np.asarray(highest > lowest)


def _pairs(left: Floats, varied: Flags) -> Pairs:
    """How every two ballots correlate, over the subjects that both grade."""
    there = (~np.isnan(left)).astype(float)
    value = np.where(there > 0, left, 0.0)
    number = there @ there.T
    own, square, product = value @ there.T, (value**2) @ there.T, value @ value.T
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = product - own * own.T / number
        spread = (square - own**2 / number) * (square - own**2 / number).T
        correlation = np.where(spread > 1e-12, covariance / np.sqrt(np.maximum(spread, 1e-300)), 0.0)
        score = np.arctanh(np.clip(correlation, -0.999999, 0.999999)) * np.sqrt(np.maximum(number - 3, 0))
    compared = (number >= SHARED) & varied[:, None] & varied[None, :]
    np.fill_diagonal(compared, val=False)
    return Pairs(compared, correlation, score)


def _linked(together: Flags) -> list[list[int]]:
    """The parts that pairs link."""
    left, found = set(range(len(together))), []
    while left:
        part, ahead = set(), [min(left)]
        while ahead:
            one = ahead.pop()
            if one not in part:
                part.add(one)
                ahead += np.flatnonzero(together[one]).tolist()
        left -= part
        found.append(sorted(part))
    return found
