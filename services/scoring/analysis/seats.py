"""How sure is a seat in the list? SMAA (Lahdelma, Hokkanen, Salminen 1998; scoring-methods §7): the weights were a judgement and might have been
somewhat different; in how many of the worlds in which they are would a subject still be within the quota?

Weights are drawn from Dirichlet(c · w₀) around those of the model: c = 100 lets a weight of 0.5 vary by ± 0.05 (one standard deviation).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.analysis.arrays import Floats, reaching

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
        held += within(_finals(field, dice, size, concentration), field.places, field.least).sum(axis=0)
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


def _finals(field: Field, dice: np.random.Generator, draws: int, concentration: float) -> Floats:
    """draws × subjects."""
    own = np.full((draws, len(field.components)), np.nan)
    for group in field.groups:
        drawn = dirichlet(dice, group.weights, draws, concentration)
        own[:, list(group.members)] = _weighted(drawn, group.parts)
    names = list(field.composite)
    drawn = dirichlet(dice, field.composite, draws, concentration)
    total, weight = np.zeros_like(own), np.zeros_like(own)
    for place, name in enumerate(names):
        values = own if name == field.own else np.broadcast_to(field.components[:, place], own.shape)
        there = ~np.isnan(values)
        total += np.where(there, values, 0) * drawn[:, place : place + 1]
        weight += there * drawn[:, place : place + 1]
    scored = ~np.isnan(own) & (weight > 0)
    return np.where(scored, total / np.where(weight > 0, weight, 1), -np.inf)


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


def _weighted(drawn: Floats, parts: Floats) -> Floats:
    """draws × subjects: Σ w x ÷ Σ w over the parts that are there."""
    there = ~np.isnan(parts)
    total = drawn @ np.where(there, parts, 0).T
    weight = drawn @ there.T.astype(float)
    return np.where(weight > 0, total / np.where(weight > 0, weight, 1), np.nan)


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
