"""Means of small units beside those of large ones: drawn towards the whole by how much of their spread is chance.

A unit of n people has the mean of its own with the weight τ² ÷ (τ² + σ² ÷ n) and the bureau's with the rest; σ² is the variance within units, τ² that
between them, by the method of moments (one-way analysis of variance, unequal numbers). For comparison, never for a score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Standing:
    """``own``: the share of the unit's own mean in the ``shrunken`` one."""

    members: int
    mean: float
    shrunken: float
    own: float


def standings(scores: Mapping[str, Sequence[float]]) -> dict[str, Standing]:
    """Return unit -> how it stands; ``scores``: unit -> those of its people."""
    units = {code: np.array(own, dtype=float) for code, own in scores.items() if len(own)}
    found = _variances(list(units.values()))
    trust = {code: _trust(len(own), *found) if found else 1.0 for code, own in units.items()}
    weights = {code: trust[code] or float(len(own)) for code, own in units.items()}
    whole = sum(weights[code] * own.mean() for code, own in units.items()) / (sum(weights.values()) or 1.0)
    return {
        code: Standing(len(own), float(own.mean()), float(whole + trust[code] * (own.mean() - whole)), trust[code])
        for code, own in units.items()
    }


def _trust(members: int, within: float, between: float) -> float:
    return between / (between + within / members) if between > 0 else 0.0


def _variances(units: Sequence[np.typing.NDArray[np.float64]]) -> tuple[float, float] | None:
    """σ² within and τ² between; None where nothing tells them apart, and means stand as they are."""
    numbers = np.array([len(own) for own in units], dtype=float)
    total, count = numbers.sum(), len(units)
    if count < 2 or total <= count:
        return None
    within = sum(float(((own - own.mean()) ** 2).sum()) for own in units) / (total - count)
    grand = sum(float(own.sum()) for own in units) / total
    among = sum(len(own) * float((own.mean() - grand) ** 2) for own in units) / (count - 1)
    each = (total - float((numbers**2).sum()) / total) / (count - 1)
    return within, max(0.0, (among - within) / each)
