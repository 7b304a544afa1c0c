"""Pro rata within limits, in floats: where the solver starts from. Exact sums are domain/apportionment.py's business."""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def level_shares(total: int, weight: Floats, least: Floats, most: Floats) -> Floats:
    """Return clip(level x weight, least, most) at the level where they add up to
    ``total``; what they add up to grows in pieces."""
    points = np.unique(np.concatenate([[0.0], least / weight, most / weight]))
    above = bisect_left(points.tolist(), float(total), key=lambda level: _clipped_sum(level, weight, least, most))
    if above in (0, len(points)):
        return np.asarray(np.clip(points[min(above, len(points) - 1)] * weight, least, most))
    low, high = float(points[above - 1]), float(points[above])
    below, beyond = (_clipped_sum(level, weight, least, most) for level in (low, high))
    shares: Floats = np.clip((low + (high - low) * (total - below) / (beyond - below)) * weight, least, most)
    return shares


def _clipped_sum(level: float, weight: Floats, least: Floats, most: Floats) -> float:
    return float(np.clip(level * weight, least, most).sum())
