"""What a scoring found, as the rows that are stored, listed and hashed. Decimals are strings."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rules import rounded
from services.scoring.domain.frame import LAYERS, Frame, Model
from services.scoring.kernel.bureau import Result, Rules
from services.scoring.kernel.composing import Mean
from services.scoring.kernel.plan import Kind, whole_weights

Row = dict[str, Any]
MEAN_DIGITS = 4  # how a mean is shown; it is used unrounded


def rules_of(model: Model) -> Rules:
    composite = {target: whole_weights(weights) for target, weights in model.composite.items()}
    return Rules(composite, model.quota_percent, model.tie_chain, model.even)


def points_text(hundredths: Any) -> str | None:
    return None if hundredths < 0 else f"{hundredths // 100}.{hundredths % 100:02}"


def bureau_row(model: Model, result: Result) -> Row:
    """The bureau's score, its components and the quota of each layer."""
    return {
        "score": points_text(result.composed.bureau),
        "components": {name: _mean_text(mean) for name, mean in result.composed.bureau_means.items()},
        "quota": {layer: _quota(model, result, layer) for layer in LAYERS},
    }


def ranked_rows(
    frame: Frame, result: Result, vetoes: Mapping[str, Sequence[Row]], layer: str, places: Sequence[int]
) -> list[Row]:
    """Rows of some subjects of a layer; ``places`` are theirs among the layer's members."""
    return [_row(frame, result, vetoes, layer, int(place)) for place in places]


def ranked_order(frame: Frame, result: Result, layer: str) -> list[int]:
    """Places among the layer's members by rank, then by code; who has no score comes last."""
    ranks = result.rankings[layer].rank.tolist()
    codes = [frame.subjects[place].code for place in result.members[layer].tolist()]
    return sorted(range(len(codes)), key=lambda place: (ranks[place] < 0, ranks[place], codes[place]))


def all_rows(frame: Frame, result: Result, vetoes: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Every subject, layer by layer, by rank."""
    orders = ((layer, ranked_order(frame, result, layer)) for layer in LAYERS)
    return [row for layer, order in orders for row in ranked_rows(frame, result, vetoes, layer, order)]


def all_points(kinds: Sequence[Kind], result: Result) -> dict[str, dict[str, str | None]]:
    """Subject -> indicator -> points; needs a result that kept them."""
    found: dict[str, dict[str, str | None]] = {}
    for number, kind in enumerate(kinds):
        columns = [[points_text(one) for one in column.tolist()] for column in result.sheets.points[number]]
        names = [item.indicator for item in kind.items]
        for row, subject in enumerate(kind.subjects):
            found[subject.code] = {name: column[row] for name, column in zip(names, columns, strict=True)}
    return found


def _row(frame: Frame, result: Result, vetoes: Mapping[str, Sequence[Row]], layer: str, place: int) -> Row:
    number = int(result.members[layer][place])
    subject, ranking, sheets = frame.subjects[number], result.rankings[layer], result.sheets
    nominated, struck = bool(ranking.nominated[place]), bool(ranking.struck[place])
    own_lines = frame.model.composite["station_lines"] if layer == "station" else (subject.line,)
    return {
        "subject": subject.code,
        "layer": subject.layer,
        "unit": subject.unit,
        "line": subject.line,
        "rank": int(ranking.rank[place]) if ranking.rank[place] > 0 else None,
        "final": points_text(int(result.finals[number])),
        "layer_score": points_text(int(sheets.score[number])),
        "components": _components(result, layer, place),
        "categories": {name: _fine_text(int(column[number])) for name, column in sheets.categories.items()},
        "line_scores": {line: points_text(int(sheets.lines[line][number])) for line in own_lines},
        "nominated": nominated,
        "struck": struck,
        "commended": nominated and not struck,
        "tied": bool(ranking.tied[place]),
        "vetoes": [
            {name: one[name] for name in ("veto", "indicator", "reason")} for one in vetoes.get(subject.code, ())
        ],
    }


def _components(result: Result, layer: str, place: int) -> Row:
    composed, own = result.composed, points_text(int(result.sheets.score[result.members[layer][place]]))
    if layer == "person":
        return {"personal": own, "unit": _mean_at(composed.unit_parts, place), "bureau": points_text(composed.bureau)}
    unit = place if layer == "division" else place + len(result.members["division"])
    components = {"layer_score": own, "members_mean": _mean_at(composed.members, unit)}
    if layer == "division":
        components["stations_line_mean"] = _mean_at(composed.line_means, place)
    return components


def _quota(model: Model, result: Result, layer: str) -> Row:
    ranking = result.rankings[layer]
    return {
        "percent": model.quota_percent,
        "ranked": ranking.ranked,
        "places": ranking.places,
        "nominated": int(ranking.nominated.sum()),
        "struck": int(ranking.struck.sum()),
        "tied": int(ranking.tied.sum()),
    }


def _fine_text(value: int) -> str | None:
    return None if value < 0 else f"{value // 10_000}.{value % 10_000:04}"


def _mean_at(mean: Mean, place: int) -> str | None:
    return _mean_text(Mean(int(mean.total[place]), int(mean.count[place])))


def _mean_text(mean: Mean) -> str | None:
    return f"{rounded(Fraction(mean.total, 100 * mean.count), MEAN_DIGITS):f}" if mean.count else None
