"""Arrays of figures that are no scores. Floats are allowed here and nowhere near points, weights or ranks that count (law 7)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def floats(values: Iterable[object]) -> Floats:
    """Return decimal texts as floats; None becomes NaN."""
    return np.array([np.nan if value is None else float(str(value)) for value in values], dtype=np.float64)
