"""The analytic hierarchy process and entropy weights (scoring-methods §4).

Floats are used for the eigenvector only; what leaves is rounded: weights to four decimals that sum to exactly 1 by the largest
remainders, λ, CI and CR half-up to four decimals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from services.targets.domain.weights import ACCEPTED, Matrix, exact_weights, nearest_on_scale, random_index

Array = npt.NDArray[np.float64]
_FOUR = Decimal("0.0001")


@dataclass(frozen=True)
class Inconsistent:
    """The comparison that fits least to all others: what was said, what the others imply, the nearest fitting answer."""

    a: str
    b: str
    given: Decimal
    implied: Decimal
    suggested: str


@dataclass(frozen=True)
class Outcome:
    weights: dict[str, Decimal]
    lambda_max: Decimal
    consistency_index: Decimal
    consistency_ratio: Decimal
    acceptable: bool
    worst: Inconsistent | None  # None where everything fits, or there is but one comparison


def judge(criteria: Sequence[str], matrix: Matrix | Array, method: str, table: str) -> Outcome:
    """Return weights and consistency of a reciprocal matrix; ``method`` and
    ``table`` are names of domain/weights.py."""
    cells = as_array(matrix)
    weights = _METHODS[method](cells)
    lambda_max = float(np.mean(cells @ weights / weights))
    size = len(criteria)
    index = (lambda_max - size) / (size - 1) if size > 1 else 0.0
    random = random_index(table, size)
    ratio = _decimal(max(index, 0.0) / float(random)) if random else Decimal(0)
    return Outcome(
        weights=exact_weights(dict(zip(criteria, weights.tolist(), strict=True))),
        lambda_max=_decimal(lambda_max),
        consistency_index=_decimal(max(index, 0.0)),
        consistency_ratio=ratio,
        acceptable=ratio < ACCEPTED,
        worst=_worst(criteria, cells),
    )


def combine(matrices: Sequence[Matrix]) -> Array:
    """Combine judgements by aggregation of individual ones (AIJ): the geometric mean of each
    cell, which keeps the matrix reciprocal."""
    logs = np.stack([np.log(as_array(matrix)) for matrix in matrices])
    combined: Array = np.exp(logs.mean(axis=0))
    return combined


def as_array(matrix: Matrix | Array) -> Array:
    if isinstance(matrix, np.ndarray):
        return matrix
    return np.array([[float(cell) for cell in row] for row in matrix])


def entropy(rows: Sequence[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Return weights by dispersion: a criterion on which all score alike says
    nothing and gets nothing. Values of 0 or more.

    Advice only: it rewards what differs, not what matters. Equal weights where nothing differs at all.
    """
    names = list(rows[0])
    values = np.array([[float(row[name]) for name in names] for row in rows])
    totals = values.sum(axis=0)
    shares = np.divide(values, totals, out=np.zeros_like(values), where=totals > 0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    spread = np.where(totals > 0, 1 + (shares * logs).sum(axis=0) / np.log(len(rows)), 0.0)
    spread = np.where(spread < 1e-12, 0.0, spread)
    if not spread.sum():
        spread = np.ones(len(names))
    return exact_weights(dict(zip(names, spread.tolist(), strict=True)))


def _eigenvector(cells: Array) -> Array:
    values, vectors = np.linalg.eig(cells)
    principal: Array = np.abs(np.real(vectors[:, int(np.argmax(np.real(values)))]))
    return _normalised(principal)


def _geometric_mean(cells: Array) -> Array:
    means: Array = np.exp(np.log(cells).mean(axis=1))
    return _normalised(means)


def _column_sum(cells: Array) -> Array:
    means: Array = (cells / cells.sum(axis=0)).mean(axis=1)
    return means


def _normalised(values: Array) -> Array:
    shares: Array = values / values.sum()
    return shares


_METHODS = {"eigenvector": _eigenvector, "geometric_mean": _geometric_mean, "column_sum": _column_sum}


def _worst(criteria: Sequence[str], cells: Array) -> Inconsistent | None:
    """Each comparison against what the others say of the same pair: the geometric mean of all ways over a third criterion."""
    size = len(criteria)
    if size < 3:
        return None
    logs = np.log(cells)
    # the sum over k of log a_ik + log a_kj, without the two terms k = i and k = j, which are the comparison itself
    implied = (logs.sum(axis=1)[:, None] + logs.sum(axis=0)[None, :] - 2 * logs) / (size - 2)
    misfit = np.triu(np.abs(logs - implied), 1)
    row, column = (int(one) for one in np.unravel_index(int(np.argmax(misfit)), misfit.shape))
    if misfit[row, column] < 1e-9:
        return None
    given, fitting = float(cells[row, column]), float(np.exp(implied[row, column]))
    return Inconsistent(criteria[row], criteria[column], _decimal(given), _decimal(fitting), nearest_on_scale(fitting))


def _decimal(value: Any) -> Decimal:
    return Decimal(repr(float(value))).quantize(_FOUR, ROUND_HALF_UP)
