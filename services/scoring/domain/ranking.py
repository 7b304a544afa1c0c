"""Rank, nominate within the quota, strike vetoes: in this order, and never by the order in which rows arrived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.scoring.domain.composition import Final
from services.scoring.domain.frame import Model


@dataclass(frozen=True)
class Ranked:
    """``nominated``: within the quota. ``struck``: nominated, but a confirmed veto takes the subject off the 先进 list.

    ``tied``: equal at the quota's edge even by the tie chain, so that the panel has to choose.
    """

    final: Final
    rank: int | None
    nominated: bool = False
    struck: bool = False
    tied: bool = False

    @property
    def commended(self) -> bool:
        return self.nominated and not self.struck


def places(ranked: int, quota_percent: int) -> int:
    """How many may be nominated: the quota is an upper limit, so it is floored (以内)."""
    return ranked * quota_percent // 100


def rank_layer(model: Model, finals: Iterable[Final]) -> list[Ranked]:
    """Standard competition ranking (1, 1, 3) on the published score; subjects without a score come last, unranked."""
    every = sorted(finals, key=lambda final: final.sheet.subject.code)
    scored = sorted((one for one in every if one.score is not None), key=_score, reverse=True)
    ranks = _competition_ranks([_score(one) for one in scored])
    chosen, tied = _nominate(model, scored)
    ranked = [_ranked(one, rank, chosen, tied) for one, rank in zip(scored, ranks, strict=True)]
    return ranked + [Ranked(one, None) for one in every if one.score is None]


def _score(final: Final) -> Decimal:
    return final.score if final.score is not None else Decimal(-1)


def _competition_ranks(scores: Sequence[Decimal]) -> list[int]:
    ranks: list[int] = []
    for place, score in enumerate(scores, start=1):
        ranks.append(ranks[-1] if ranks and score == scores[place - 2] else place)
    return ranks


def _key(model: Model, final: Final) -> tuple[Decimal, ...]:
    own = final.sheet.categories
    return (_score(final), *(own.get(name) or Decimal(0) for name in model.tie_chain))


def _nominate(model: Model, scored: Sequence[Final]) -> tuple[set[str], set[str]]:
    """Codes of the nominated and of those tied at the edge: who equals the first outside is not chosen over him."""
    count = places(len(scored), model.quota_percent)
    keys = sorted((_key(model, one) for one in scored), reverse=True)
    edge = keys[count] if 0 < count < len(keys) and keys[count] == keys[count - 1] else None
    within = set(keys[:count]) - {edge}
    chosen = {one.sheet.subject.code for one in scored if _key(model, one) in within}
    tied = {one.sheet.subject.code for one in scored if edge is not None and _key(model, one) == edge}
    return chosen, tied


def _ranked(final: Final, rank: int, chosen: set[str], tied: set[str]) -> Ranked:
    code = final.sheet.subject.code
    nominated = code in chosen
    return Ranked(final, rank, nominated, nominated and bool(final.sheet.vetoes), code in tied)
