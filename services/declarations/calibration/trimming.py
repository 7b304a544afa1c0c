"""The ballots that are the most alike in whom they lift: what a trimmed campaign leaves out, whether chance explains it or not.

A trimmed mean does not ask whether the highest vote is a false one; this asks as little of ballots. Sought is the set of ballots and of subjects
whose votes lie furthest above everybody's judgement, among all sets of that size (large average submatrix: Shabalin, Weigman, Perou, Nobel
2009): −log of the chance that independent opinions average as high, adjusted for how many such sets there are. Ballots and subjects are chosen by
turns, each given the others, from every ballot's own two favourites. Fewer than half of the ballots are left out.
"""

import numpy as np
from scipy.special import gammaln, log_ndtr

from rules.votes import FEWEST
from services.declarations.calibration.agreement import Floats
from services.declarations.calibration.blocs import MOST, Flags, residuals

STARTS = 64
ROUNDS = 8
LEAST_SPREAD = 0.03  # of opinions, in the values of grades: who agree about everything differ by no less


def most_alike(matrix: Floats, left: Floats | None = None) -> list[int]:
    """Return the numbers of the ballots (rows of ballots × subjects, NaN where there is no vote); none of a small or a huge campaign.

    ``left``: its residuals where they are known.
    """
    if not 2 * FEWEST < len(matrix) <= MOST:
        return []
    order = np.lexsort(np.nan_to_num(matrix, nan=-1.0).T)  # the same ballots, in whatever order they lie
    rows = _search((residuals(matrix) if left is None else left)[order])
    return sorted(order[rows].tolist())


def _search(left: Floats) -> Flags:
    there = ~np.isnan(left)
    spread = max(LEAST_SPREAD, float(np.sqrt(np.mean(left[there] ** 2))))
    value, cells = np.where(there, left, 0.0) / spread, there.astype(float)
    ballots, subjects = _ways(len(left)), _ways(left.shape[1])
    columns = _favourites(value)
    best, found = -np.inf, np.zeros(len(left), bool)
    for _ in range(ROUNDS):
        rows, _ = _chosen(columns @ value.T, columns @ cells.T, ballots[: (len(left) + 1) // 2], fewest=2)
        columns, scores = _chosen(rows @ value, rows @ cells, subjects[: 1 + max(1, left.shape[1] // 2)], fewest=1)
        scores = scores - ballots[rows.sum(axis=1)]
        if scores.max() <= best:
            break
        best, found = scores.max(), rows[scores.argmax()]
    return found


def _favourites(value: Floats) -> Flags:
    """The two subjects that a ballot lifts most, of the ballots that lift theirs most; starts × subjects."""
    two = np.sort(value, axis=1)[:, -2:]
    starts = np.argsort(-two.sum(axis=1), kind="stable")[:STARTS]
    return np.asarray(value[starts] >= two[starts, :1])


def _chosen(sums: Floats, cells: Floats, ways: Floats, *, fewest: int) -> tuple[Flags, Floats]:
    """Return for each start which candidates together are the least by chance, and how little; ``ways``: log, for none, one, and so on."""
    order = np.argsort(-sums, axis=1, kind="stable")[:, : len(ways) - 1]
    total, number = (np.cumsum(np.take_along_axis(one, order, axis=1), axis=1) for one in (sums, cells))
    scores = -log_ndtr(-total / np.sqrt(np.maximum(number, 1))) - ways[1:]
    count = scores[:, fewest - 1 :].argmax(axis=1) + fewest
    chosen = np.zeros(sums.shape, bool)
    np.put_along_axis(chosen, order, np.arange(order.shape[1]) < count[:, None], axis=1)
    return chosen, scores[np.arange(len(scores)), count - 1]


def _ways(number: int) -> Floats:
    """Return log of how many sets of none, of one, and so on there are."""
    sizes = np.arange(number + 1)
    return np.asarray(gammaln(number + 1) - gammaln(sizes + 1) - gammaln(number - sizes + 1))
