"""Rank, nominate within the quota, strike vetoes: over columns of scores, and never by the order in which rows arrived."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.kernel.exact import NONE, POINT, Ints

HISTOGRAM = 1000 * POINT  # scores below this are counted in buckets; anything larger is sorted


@dataclass(frozen=True)
class Ranking:
    """``rank`` NONE: not scored. ``tied``: equal at the quota's edge even by the tie chain, so that the panel has to choose."""

    rank: Ints
    nominated: Ints
    struck: Ints
    tied: Ints
    ranked: int
    places: int


def places(ranked: int, quota_percent: int) -> int:
    """Return how many may be nominated: the quota is an upper limit, so it is floored (以内)."""
    return ranked * quota_percent // 100


def competition_ranks(scores: Ints) -> Ints:
    """Rank in standard competition (1, 1, 3), the highest first; NONE for those without a score."""
    scored = scores >= 0
    if scores.max(initial=0) < HISTOGRAM:
        above = _above_by_histogram(scores[scored])
    else:
        ordered = np.sort(scores[scored])
        above = len(ordered) - np.searchsorted(ordered, scores[scored], side="right")
    ranks = np.full(len(scores), NONE, np.int64)
    ranks[scored] = above + 1
    return ranks


def rank(scores: Ints, chain: Sequence[Ints], vetoed: Ints, quota_percent: int, least: int = 0) -> Ranking:
    """Rank a layer and nominate within the quota, nobody whose score is below ``least``.

    ``chain``: what is compared in turn where the published scores are equal, each NONE or more, as 0 where it is NONE.
    """
    ranks = competition_ranks(scores)
    ranked = int((scores >= 0).sum())
    count = places(ranked, quota_percent)
    nominated, tied = _nominate(scores, chain, ranks, count)
    enough = scores >= least
    nominated, tied = nominated & enough, tied & enough
    return Ranking(ranks, nominated, nominated & vetoed, tied, ranked, count)


def _above_by_histogram(scores: Ints) -> Ints:
    buckets = np.bincount(scores, minlength=1)
    above = len(scores) - np.cumsum(buckets)
    return np.asarray(above[scores])


def _nominate(scores: Ints, chain: Sequence[Ints], ranks: Ints, count: int) -> tuple[Ints, Ints]:
    """Who equals the first outside is not chosen over him: all of those are tied."""
    nobody = np.zeros(len(scores), bool)
    if count == 0:
        return nobody, nobody
    edge = int(scores[(ranks >= 1) & (ranks <= count)].min())
    inside = scores > edge
    at_edge = np.flatnonzero(scores == edge)
    left = count - int(inside.sum())
    chosen, tied = by_chain([column[at_edge].clip(0) for column in chain], len(at_edge), left)
    inside[at_edge[chosen]] = True
    nobody[at_edge[tied]] = True
    return inside, nobody


def by_chain(chain: Sequence[Ints], candidates: int, left: int) -> tuple[Ints, Ints]:
    """Return places of the chosen and of the tied among candidates of one score, of whom ``left`` find room."""
    order = np.lexsort([-column for column in reversed(chain)]) if chain else np.arange(candidates)
    if left >= candidates:
        return order, order[:0]
    keys = np.stack([column[order] for column in chain], axis=1) if chain else np.zeros((candidates, 0), np.int64)
    same = (keys == keys[left]).all(axis=1)
    if not same[left - 1]:
        return order[:left], order[:0]
    return order[: int(same.argmax())], order[same]
