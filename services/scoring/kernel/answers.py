"""What a scoring found, as the rows that are stored, listed and hashed. Decimals are strings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rules import rounded
from services.scoring.domain.frame import LAYERS, Frame, Model
from services.scoring.kernel.bureau import Result, Rules
from services.scoring.kernel.columns import Sheets
from services.scoring.kernel.exact import Mean
from services.scoring.kernel.plan import Kind, whole_weights

Row = dict[str, Any]
MEAN_DIGITS = 4  # how a mean is shown; it is used unrounded


@dataclass(frozen=True)
class Stand:
    """Where a subject stands: hundredths, NONE without a score; ``components`` as they are shown."""

    final: int
    rank: int
    nominated: bool
    tied: bool
    components: Row


def rules_of(model: Model) -> Rules:
    composite = {target: whole_weights(weights) for target, weights in model.composite.items()}
    return Rules(composite, model.quota_percent, model.tie_chain, model.even, 100 * model.commend_from)


def points_text(hundredths: Any) -> str | None:
    return None if hundredths < 0 else f"{hundredths // 100}.{hundredths % 100:02}"


def bureau_row(model: Model, result: Result) -> Row:
    """Return the bureau's score, its components and the quota of each layer."""
    return {
        "score": points_text(result.composed.bureau),
        "components": {name: mean_text(mean) for name, mean in result.composed.bureau_means.items()},
        "quota": {layer: _quota(model, result, layer) for layer in LAYERS},
    }


def ranked_rows(
    frame: Frame, result: Result, vetoes: Mapping[str, Sequence[Row]], layer: str, places: Sequence[int]
) -> list[Row]:
    """Return rows of some subjects of a layer; ``places`` are theirs among the layer's members."""
    members = result.members[layer]
    return [
        row_of(
            frame, result.sheets, int(members[place]), _stand(result, layer, place),
            vetoes.get(frame.subjects[members[place]].code, ()),
        )
        for place in places
    ]  # fmt: skip


def ranked_order(frame: Frame, result: Result, layer: str) -> list[int]:
    """Return places among the layer's members by rank, then by code; who has no score comes last."""
    ranks = result.rankings[layer].rank.tolist()
    codes = [frame.subjects[place].code for place in result.members[layer].tolist()]
    return sorted(range(len(codes)), key=lambda place: (ranks[place] < 0, ranks[place], codes[place]))


def all_rows(frame: Frame, result: Result, vetoes: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return every subject, layer by layer, by rank."""
    orders = ((layer, ranked_order(frame, result, layer)) for layer in LAYERS)
    return [row for layer, order in orders for row in ranked_rows(frame, result, vetoes, layer, order)]


def all_points(kinds: Sequence[Kind], result: Result) -> dict[str, dict[str, str | None]]:
    """Return subject -> indicator -> points; needs a result that kept them."""
    found: dict[str, dict[str, str | None]] = {}
    for number, kind in enumerate(kinds):
        columns = [[points_text(one) for one in column.tolist()] for column in result.sheets.points[number]]
        names = [item.indicator for item in kind.items]
        for row, subject in enumerate(kind.subjects):
            found[subject.code] = {name: column[row] for name, column in zip(names, columns, strict=True)}
    return found


def row_of(frame: Frame, sheets: Sheets, number: int, stand: Stand, vetoes: Sequence[Row]) -> Row:
    subject = frame.subjects[number]
    own_lines = frame.lines_of(subject)
    struck = stand.nominated and bool(vetoes)
    return {
        "subject": subject.code,
        "layer": subject.layer,
        "unit": subject.unit,
        "line": subject.line,
        "rank": stand.rank if stand.rank > 0 else None,
        "final": points_text(stand.final),
        "layer_score": points_text(int(sheets.score[number])),
        "components": stand.components,
        "categories": {name: _fine_text(int(column[number])) for name, column in sheets.categories.items()},
        "line_scores": {line: points_text(int(sheets.lines[line][number])) for line in own_lines},
        "nominated": stand.nominated,
        "struck": struck,
        "commended": stand.nominated and not struck,
        "tied": stand.tied,
        "vetoes": [{name: one[name] for name in ("veto", "indicator", "reason")} for one in vetoes],
    }


def person_components(score: int, unit: Mean, bureau: int) -> Row:
    return {"personal": points_text(score), "unit": mean_text(unit), "bureau": points_text(bureau)}


def unit_components(score: int, members: Mean, line_mean: Mean | None) -> Row:
    own = {"layer_score": points_text(score), "members_mean": mean_text(members)}
    return own if line_mean is None else {**own, "stations_line_mean": mean_text(line_mean)}


def _stand(result: Result, layer: str, place: int) -> Stand:
    number, ranking = int(result.members[layer][place]), result.rankings[layer]
    flags = bool(ranking.nominated[place]), bool(ranking.tied[place])
    return Stand(int(result.finals[number]), int(ranking.rank[place]), *flags, _components(result, layer, place))


def _components(result: Result, layer: str, place: int) -> Row:
    composed, own = result.composed, int(result.sheets.score[result.members[layer][place]])
    if layer == "person":
        return person_components(own, composed.unit_parts.at(place), composed.bureau)
    unit = place if layer == "division" else place + len(result.members["division"])
    return unit_components(
        own, composed.members.at(unit), composed.line_means.at(place) if layer == "division" else None
    )


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


def mean_text(mean: Mean) -> str | None:
    return f"{rounded(Fraction(mean.total, 100 * mean.count), MEAN_DIGITS):f}" if mean.count else None
