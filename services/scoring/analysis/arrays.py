"""Arrays of figures that are no scores. Floats are allowed here and nowhere near points, weights or ranks that count (law 7)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


HALF = 0.005 + 1e-9  # what is published is rounded to hundredths


def reaching(scores: Floats, least: float) -> Flags:
    """Tell which scores are there and, as published, not below the floor of the list."""
    return np.asarray(np.isfinite(scores) & (scores >= least - HALF))


def weighted(parts: Iterable[tuple[Floats, Floats]]) -> Floats:
    """Return Σ w x ÷ Σ w over the values that are there, NaN where none is; of each part the weights and the values."""
    total, whole = np.zeros(()), np.zeros(())
    for weights, values in parts:
        there = ~np.isnan(values)
        total = total + weights * np.where(there, values, 0)
        whole = whole + weights * there
    return np.where(whole > 0, total / np.where(whole > 0, whole, 1), np.nan)


def floats(values: Iterable[object]) -> Floats:
    """Return decimal texts as floats; None becomes NaN."""
    return np.array([np.nan if value is None else float(str(value)) for value in values], dtype=np.float64)
