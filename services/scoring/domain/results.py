"""What a scoring says, as JSON: the rows that are stored, listed and hashed. Decimals are strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules import rounded
from services.scoring.domain.composition import Outcome
from services.scoring.domain.frame import LAYERS, Model
from services.scoring.domain.ranking import Ranked, places, rank_layer
from services.scoring.domain.sheets import Sheet
from services.scoring.domain.stages import Value

Row = dict[str, Any]
MEAN_DIGITS = 4  # how a mean is shown; it is used unrounded


@dataclass(frozen=True)
class Scoring:
    """``bureau``: its score, its components and the quota of each layer; ``rows``: one for each subject."""

    bureau: Row
    rows: list[Row]


def describe(model: Model, outcome: Outcome) -> Scoring:
    by_layer = {
        layer: rank_layer(model, (final for final in outcome.finals if final.sheet.subject.layer == layer))
        for layer in LAYERS
    }
    bureau = {
        "score": shown(outcome.bureau_score),
        "components": {name: shown(value) for name, value in outcome.bureau_components.items()},
        "quota": {layer: _quota(model, ranked) for layer, ranked in by_layer.items()},
    }
    return Scoring(bureau, [_row(one) for layer in LAYERS for one in by_layer[layer]])


def shown(value: Value | None) -> str | None:
    """A published Decimal as it is; an exact mean with four decimals."""
    if value is None:
        return None
    return f"{value if isinstance(value, Decimal) else rounded(value, MEAN_DIGITS):f}"


def item_points(sheets: Iterable[Sheet]) -> dict[str, dict[str, str | None]]:
    """Subject -> indicator -> points: part of what a run's result hash covers."""
    return {sheet.subject.code: {one.item.indicator: shown(one.points) for one in sheet.items} for sheet in sheets}


def _quota(model: Model, ranked: list[Ranked]) -> Row:
    scored = sum(one.rank is not None for one in ranked)
    return {
        "percent": model.quota_percent,
        "ranked": scored,
        "places": places(scored, model.quota_percent),
        "nominated": sum(one.nominated for one in ranked),
        "struck": sum(one.struck for one in ranked),
        "tied": sum(one.tied for one in ranked),
    }


def _row(ranked: Ranked) -> Row:
    final = ranked.final
    sheet = final.sheet
    return {
        "subject": sheet.subject.code,
        "layer": sheet.subject.layer,
        "unit": sheet.subject.unit,
        "line": sheet.subject.line,
        "rank": ranked.rank,
        "final": shown(final.score),
        "layer_score": shown(sheet.score),
        "components": {name: shown(value) for name, value in final.components.items()},
        "categories": {name: shown(value) for name, value in sheet.categories.items()},
        "line_scores": {line: shown(scored.score) for line, scored in sheet.lines.items()},
        "nominated": ranked.nominated,
        "struck": ranked.struck,
        "commended": ranked.commended,
        "tied": ranked.tied,
        "vetoes": [{"veto": one.veto, "indicator": one.indicator, "reason": one.reason} for one in sheet.vetoes],
    }
