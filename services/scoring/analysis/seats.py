"""How sure is a seat in the list? SMAA (Lahdelma, Hokkanen, Salminen 1998; scoring-methods §7): the weights were a judgement and might have been
somewhat different; in how many of the worlds in which they are would a subject still be within the quota?

Weights are drawn from Dirichlet(c · w₀) around those of the model: c = 100 lets a weight of 0.5 vary by ± 0.05 (one standard deviation).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.analysis.arrays import Floats, reaching, weighted

ROBUST = 0.95
CELLS = 4_000_000  # scores held at once


@dataclass(frozen=True)
class Group:
    """Subjects that share weights: one line of a layer. ``parts``: subjects × the values that ``weights`` weighs, NaN where missing."""

    members: Sequence[int]  # their places among all
    weights: Mapping[str, float]
    parts: Floats


@dataclass(frozen=True)
class Field:
    """A layer as it competes. ``own`` names the component that the groups' parts make; ``components``: subjects × ``composite``;
    nobody below ``least`` has a place."""

    groups: Sequence[Group]
    composite: Mapping[str, float]
    own: str
    components: Floats
    places: int
    least: float = 0.0


def seat_shares(field: Field, *, draws: int, concentration: float, seed: int) -> Floats:
    """Return, for each subject, the share of draws in which it was within the places; equals
    share the last ones, those without a score or below the floor never have one."""
    dice = np.random.default_rng(seed)
    count = len(field.components)
    held = np.zeros(count)
    done = 0
    for size in _chunks(draws, count):
        groups = [dirichlet(dice, group.weights, size, concentration) for group in field.groups]
        drawn = finals(field, groups, dirichlet(dice, field.composite, size, concentration))
        held += within(drawn, field.places, field.least).sum(axis=0)
        done += size
    return held / done


def verdict(share: float, *, nominated: bool, struck: bool = False) -> str:
    """Return the verdict: robust: sure of its seat; contestable: the weights decide; outside: sure to have none;
    struck: by a veto, whatever the weights."""
    if struck:
        return "struck"
    if nominated and share >= ROBUST:
        return "robust"
    return "outside" if not nominated and share <= 1 - ROBUST else "contestable"


def _chunks(draws: int, count: int) -> Iterator[int]:
    size = max(1, min(draws, CELLS // max(1, count)))
    while draws > 0:
        yield min(size, draws)
        draws -= size


def finals(field: Field, groups: Iterable[Floats], composite: Floats) -> Floats:
    """Return draws × subjects, unrounded, −∞ without a score: by these weights (draws × components) of each group and of the
    composition."""
    own = np.full((len(composite), len(field.components)), np.nan)
    for group, weights in zip(field.groups, groups, strict=True):
        places = range(weights.shape[1])
        own[:, list(group.members)] = weighted((weights[:, [place]], group.parts[:, place]) for place in places)
    columns = [own if name == field.own else field.components[:, place] for place, name in enumerate(field.composite)]
    total = weighted((composite[:, [place]], values) for place, values in enumerate(columns))
    return np.where(np.isnan(own) | np.isnan(total), -np.inf, total)


def within(finals: Floats, places: int, least: float) -> Floats:
    """Return draws × subjects: 1 for a place, and for those equal at the edge their part of what is left: each draw gives
    its places once."""
    ranked = np.isfinite(finals)
    enough = reaching(finals, least)
    if places <= 0:
        return np.zeros(finals.shape)
    if places >= finals.shape[1]:
        return enough.astype(float)
    edge = np.partition(finals, finals.shape[1] - places, axis=1)[:, [finals.shape[1] - places]]
    inside = finals > edge + 1e-9
    at_edge = ranked & ~inside & (finals >= edge - 1e-9)
    left = places - inside.sum(axis=1, keepdims=True)
    share = np.where(at_edge, left / np.maximum(1, at_edge.sum(axis=1, keepdims=True)), inside)
    return np.where(enough, np.minimum(share, 1.0), 0.0)


def dirichlet(dice: np.random.Generator, weights: Mapping[str, float], draws: int, concentration: float) -> Floats:
    """Draw weights around these, which sum to 1; a weight of 0 stays 0."""
    base = np.array(list(weights.values()), dtype=float)
    drawn = np.zeros((draws, len(base)))
    positive = base > 0
    if positive.sum() == 1:
        drawn[:, positive] = 1.0
    elif positive.any():
        drawn[:, positive] = dice.dirichlet(concentration * base[positive], draws)
    return drawn
