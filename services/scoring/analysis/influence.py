"""Which indicators decide the ranking, and which decide nothing? For whoever designs next year's library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.analysis.arrays import Flags, Floats
from services.scoring.analysis.sensitivity import listed

NOTHING, EVERYTHING, SOMETHING, FEW = "decides_nothing", "decides_much", "decides_something", "too_few"
MUCH = 0.5  # of the variance of those to whom it applies, or of the seats
FEWEST = 5  # subjects below which nothing is said


@dataclass(frozen=True)
class Column:
    """One indicator over all subjects: ``points`` NaN where it does not apply to a subject."""

    indicator: str
    category: str
    full: float
    points: Floats


@dataclass(frozen=True)
class Influence:
    """``variance``: the share of the layer score's variance among those to whom it applies that goes with this item (the shares of all
    items add up to 1 where all apply to the same); ``seats``: how many seats would go to others without it."""

    indicator: str
    subjects: int
    mean: float  # share of the full points
    deviation: float
    full_marks: int
    zeros: int
    variance: float
    seats: int
    verdict: str


def influences(
    columns: Sequence[Column],
    weights: Mapping[str, Floats],
    rest: Floats,
    own_weight: float,
    places: int,
    least: float = 0.0,
) -> list[Influence]:
    """Return the influence of every item; ``weights``: category -> its weight for each subject; final =
    ``own_weight`` × layer score + ``rest``; nobody below ``least`` has a place."""
    layer = _layer(columns, weights)

    def in_list(scores: Floats) -> Flags:
        return listed(own_weight * scores + rest, places, least)

    return [_influence(one, columns, weights, layer, in_list, places) for one in columns]


def _influence(
    one: Column,
    columns: Sequence[Column],
    weights: Mapping[str, Floats],
    layer: Floats,
    in_list: Callable[[Floats], Flags],
    places: int,
) -> Influence:
    there = ~np.isnan(one.points) & np.isfinite(layer)
    shares = one.points[there] / one.full if one.full else np.zeros(int(there.sum()))
    without = _layer([column for column in columns if column is not one], weights)
    seats = int((in_list(layer) & ~in_list(without)).sum())
    variance = _share(_part(one, columns, weights)[there], layer[there])
    full_marks, zeros = int((shares >= 1).sum()), int((shares <= 0).sum())
    deviation = float(shares.std()) if len(shares) else 0.0
    verdict = _verdict(len(shares), deviation, variance, seats, places)
    mean = float(shares.mean()) if len(shares) else 0.0
    return Influence(one.indicator, len(shares), mean, deviation, full_marks, zeros, variance, seats, verdict)


def _verdict(subjects: int, deviation: float, variance: float, seats: int, places: int) -> str:
    if subjects < FEWEST:
        return FEW
    if (
        deviation < 1e-9 and variance < 1e-9 and not seats
    ):  # of those to whom it applies all have the same, and the others lose nothing by it
        return NOTHING
    return EVERYTHING if variance >= MUCH or (places >= 2 and seats >= MUCH * places) else SOMETHING


def _share(part: Floats, whole: Floats) -> float:
    """cov(part, whole) ÷ var(whole)."""
    if len(whole) < 2 or whole.var() < 1e-12:
        return 0.0
    return float(((part - part.mean()) * (whole - whole.mean())).mean() / whole.var())


def _part(one: Column, columns: Sequence[Column], weights: Mapping[str, Floats]) -> Floats:
    """What the item brings into the layer score of each subject."""
    _, full = _sums([column for column in columns if column.category == one.category])
    scale = np.ones_like(full) if one.category == "contribution" else 100 / np.where(full > 0, full, 1)
    used = _used(columns, weights)
    return np.nan_to_num(one.points) * scale * weights[one.category] / np.where(used > 0, used, 1)


def _layer(columns: Sequence[Column], weights: Mapping[str, Floats]) -> Floats:
    total = np.zeros(len(next(iter(weights.values()))))
    for category, weight in weights.items():
        points, full = _sums([column for column in columns if column.category == category], len(total))
        score = np.minimum(points, 100) if category == "contribution" else 100 * points / np.where(full > 0, full, 1)
        total += np.where(full > 0, score * weight, 0)
    used = _used(columns, weights)
    return np.where(used > 0, total / np.where(used > 0, used, 1), -np.inf)


def _used(columns: Sequence[Column], weights: Mapping[str, Floats]) -> Floats:
    """The weight of the categories of which something applies; the others leave theirs to these."""
    used = np.zeros(len(next(iter(weights.values()))))
    for category, weight in weights.items():
        _, full = _sums([column for column in columns if column.category == category], len(used))
        used += np.where(full > 0, weight, 0)
    return used


def _sums(columns: Sequence[Column], length: int = 0) -> tuple[Floats, Floats]:
    """Σ points and Σ full points over the items that apply, for each subject."""
    if not columns:
        return np.zeros(length), np.zeros(length)
    points = np.stack([column.points for column in columns])
    full = np.array([column.full for column in columns])[:, None] * ~np.isnan(points)
    return np.nansum(points, axis=0), np.asarray(full.sum(axis=0))
