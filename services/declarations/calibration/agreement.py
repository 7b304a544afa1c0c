"""How far raters agree: Krippendorff's α, Kendall's W, intraclass correlation."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOMINAL, ORDINAL, INTERVAL, RATIO = METRICS = "nominal", "ordinal", "interval", "ratio"


def krippendorff(matrix: Floats, metric: str = ORDINAL) -> float | None:
    """Return Krippendorff's α = 1 − observed ÷ expected disagreement; raters × subjects, NaN where nobody voted. None
    where nothing can disagree, or fewer than two subjects were graded by several: what one shows agrees or disagrees
    with nothing. Raises ``ValueError`` for a metric it does not know.

    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    if int(((~np.isnan(matrix)).sum(axis=0) >= 2).sum()) < 2:
        return None
    values = np.unique(matrix[~np.isnan(matrix)])
    coincidences = _coincidences(matrix, values)
    totals = coincidences.sum(axis=1)
    number = totals.sum()
    if number <= 1:
        return None
    distance = _distances(values, totals, metric)
    expected = (np.outer(totals, totals) * distance).sum() / (number - 1)
    return float(1 - (coincidences * distance).sum() / expected) if expected > 0 else None


def kendall_w(matrix: Floats) -> float | None:
    """Return Kendall's W over the raters who graded everybody, with correction for ties; None for
    fewer than two of them or of the graded."""
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    raters, subjects = complete.shape
    if raters < 2 or subjects < 2:
        return None
    ranked = np.array([_mean_ranks(row) for row in complete])
    spread = float(((ranked.sum(axis=0) - raters * (subjects + 1) / 2) ** 2).sum())
    ties = sum(_ties(row) for row in complete)
    most = raters**2 * (subjects**3 - subjects) - raters * ties
    return 12 * spread / most if most > 0 else None


def icc_one_way(matrix: Floats) -> tuple[float, float] | None:
    """Return ICC(1) of one rater and of the mean of k₀ raters, from one-way analysis of variance;
    subjects may have different numbers of raters.

    Shrout & Fleiss, Psychological Bulletin 86 (1979); k₀ as in unbalanced designs: (N − Σ n² ÷ N) ÷ (a − 1).
    """
    there = ~np.isnan(matrix)
    number = there.sum(axis=0).astype(float)
    used = number > 0
    total, subjects = float(number.sum()), int(used.sum())
    if subjects < 2 or total <= subjects:
        return None
    filled = np.where(there, matrix, 0)
    means = filled.sum(axis=0)[used] / number[used]
    grand = filled.sum() / total
    between = float((number[used] * (means - grand) ** 2).sum()) / (subjects - 1)
    within = float(((filled[:, used] - means) ** 2 * there[:, used]).sum()) / (total - subjects)
    each = (total - float((number**2).sum()) / total) / (subjects - 1)
    if between + (each - 1) * within <= 0:
        return None
    single = (between - within) / (between + (each - 1) * within)
    return single, (between - within) / between if between > 0 else 0.0


def icc_two_way(matrix: Floats) -> tuple[float, float] | None:
    """Return ICC(2) of one rater and of the mean of all, where every rater graded everybody; None elsewhere."""
    raters, subjects = matrix.shape
    if np.isnan(matrix).any() or raters < 2 or subjects < 2:
        return None
    grand = matrix.mean()
    rows = subjects * float(((matrix.mean(axis=1) - grand) ** 2).sum()) / (raters - 1)
    columns = raters * float(((matrix.mean(axis=0) - grand) ** 2).sum()) / (subjects - 1)
    left = float(((matrix - grand) ** 2).sum()) - rows * (raters - 1) - columns * (subjects - 1)
    error = left / ((raters - 1) * (subjects - 1))
    one = columns + (raters - 1) * error + raters * (rows - error) / subjects
    mean = columns + (rows - error) / subjects
    return ((columns - error) / one, (columns - error) / mean) if one > 0 and mean > 0 else None


def _coincidences(matrix: Floats, values: Floats) -> Floats:
    """How often each pair of values stands together within a subject, each subject's pairs divided by its votes less one."""
    found = np.zeros((len(values), len(values)))
    for column in matrix.T:
        cast = column[~np.isnan(column)]
        if len(cast) < 2:
            continue
        counts = np.array([(cast == value).sum() for value in values], dtype=float)
        found += (np.outer(counts, counts) - np.diag(counts)) / (len(cast) - 1)
    return found


def _distances(values: Floats, totals: Floats, metric: str) -> Floats:
    if metric not in METRICS:
        raise ValueError(f"no metric {metric}: one of {', '.join(METRICS)}")
    if metric == RATIO:
        sums = values[:, None] + values[None, :]
        apart = values[:, None] - values[None, :]
        return np.divide(apart, sums, out=np.zeros_like(sums), where=sums != 0) ** 2
    if metric == NOMINAL:
        return 1.0 - np.eye(len(values))
    if metric == INTERVAL:
        return np.asarray((values[:, None] - values[None, :]) ** 2)
    running = np.cumsum(totals) - totals / 2  # ordinal: the votes between two values, half of their own included
    return np.asarray((running[:, None] - running[None, :]) ** 2)


def _mean_ranks(row: Floats) -> Floats:
    ordered = np.sort(row)
    low, high = np.searchsorted(ordered, row, side="left"), np.searchsorted(ordered, row, side="right")
    return np.asarray((low + high + 1) / 2, dtype=np.float64)


def _ties(row: Floats) -> float:
    _, counts = np.unique(row, return_counts=True)
    return float((counts.astype(float) ** 3 - counts).sum())


def matrix_of(ballots: Sequence[dict[str, float]], subjects: Sequence[str]) -> Floats:
    """Return raters × subjects, NaN where there is no vote."""
    return np.array([[ballot.get(subject, np.nan) for subject in subjects] for ballot in ballots]).reshape(
        len(ballots), len(subjects)
    )
