"""A whole bureau scored: columns in, scores, ranks and nominations out. A pure function of its arguments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.domain.frame import CATEGORIES
from services.scoring.kernel.columns import Block, Organisation, Sheets
from services.scoring.kernel.composing import Composed, Composite, compose
from services.scoring.kernel.exact import NONE, Ints
from services.scoring.kernel.layer_scores import score_blocks
from services.scoring.kernel.ranking import Ranking, rank

LAYERS = ("division", "station", "person")


@dataclass(frozen=True)
class Rules:
    """Of the cycle's model, what is beyond the blocks."""

    composite: Composite
    quota_percent: int
    tie_chain: tuple[str, ...]
    even: bool
    commend_from: int = 0  # hundredths: nobody below is nominated


@dataclass(frozen=True)
class Result:
    """``finals`` of all subjects in hundredths; ``rankings``: layer -> ranking of ``members[layer]``."""

    sheets: Sheets
    composed: Composed
    finals: Ints
    members: Mapping[str, Ints]
    rankings: Mapping[str, Ranking]


def score(
    blocks: Sequence[Block], organisation: Organisation, rules: Rules, vetoed: Ints, *, keep_points: bool = False
) -> Result:
    """Score the bureau; ``vetoed``: of all subjects."""
    lines = tuple(dict.fromkeys(line for block in blocks for line in block.lines))
    sheets = Sheets.empty(len(vetoed), CATEGORIES, lines)
    score_blocks(blocks, sheets, even=rules.even, keep_points=keep_points)
    return composed_result(sheets, organisation, rules, vetoed)


def composed_result(sheets: Sheets, organisation: Organisation, rules: Rules, vetoed: Ints) -> Result:
    """Return everything above the layer scores."""
    composed = compose(organisation, sheets, rules.composite, even=rules.even)
    members = dict(zip(LAYERS, (organisation.divisions, organisation.stations, organisation.persons), strict=True))
    finals = np.full(len(vetoed), NONE, np.int64)
    finals[np.concatenate([organisation.divisions, organisation.stations])] = composed.units
    finals[organisation.persons] = composed.persons
    rankings = {layer: _ranked(places, finals, sheets, rules, vetoed) for layer, places in members.items()}
    return Result(sheets, composed, finals, members, rankings)


def _ranked(places: Ints, finals: Ints, sheets: Sheets, rules: Rules, vetoed: Ints) -> Ranking:
    chain = [sheets.categories[name][places] for name in rules.tie_chain]
    return rank(finals[places], chain, vetoed[places], rules.quota_percent, rules.commend_from)
