"""For whoever designs the next library and model: what hangs on each weight, which indicators decide, which nobody declares; and whether
self-scores and assessments agree. Tasks of a worker."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from services.scoring.analysis.arrays import Floats, floats
from services.scoring.analysis.influence import Column, Influence, influences
from services.scoring.analysis.self_scores import Group, Record, by_assessor, by_unit
from services.scoring.analysis.sensitivity import Sensitivity, sensitivities
from services.scoring.domain.frame import Frame, Item, Subject
from services.scoring.domain.permissions import oversees
from services.scoring.storage.projections import names, read_frame
from services.scoring.storage.scores import read_steadily
from services.scoring.storage.self_scores import assessed, declared_by
from services.scoring.usecases.certainty import OWN, field_of
from services.scoring.usecases.guards import need
from services.scoring.usecases.scoring import Scored
from services.scoring.usecases.trial_inputs import trial_of
from shared.actor import Actor
from shared.contracts.scoring.commands.designs import DesignQuery
from shared.contracts.scoring.commands.scores import OneCycle
from shared.database import Sessions

Row = dict[str, Any]
DECLARED = ("review", "electronic")
RARE = 0.1  # share of those to whom an indicator applies below which it is hardly declared


def assess_design(sessions: Sessions, actor: Actor, query: DesignQuery) -> Row:
    """Assess the design; ``query``: {"cycle", "run" or None, "layer"}. Returns the sensitivity of the ranking, the
    influence of the items, what nobody declares."""
    need(oversees(actor))
    with sessions.begin(actor) as session:
        read_steadily(session)
        found = trial_of(session, actor.bureau, query)
        frame, scored = found.frame, found.base
        layer = query["layer"]
        rows = [row for row in scored.scoring.rows if row["layer"] == layer and row["rank"]]
        places = scored.scoring.bureau["quota"][layer]["places"]
        applies = _applies(frame, layer)
        declared = declared_by(session, actor.bureau, query["cycle"], list(applies))
    field = field_of(frame, layer, rows, places)
    groups = sorted({row["line"] for row in rows})
    influence = influences(*_columns(frame, layer, rows, scored), places, frame.model.commend_from)
    known = {item.indicator: item for item in frame.items}
    return {
        "layer": layer,
        "ranked": len(rows),
        "places": places,
        "weights": [_weight(one, groups) for one in sensitivities(field)] if rows else [],
        "indicators": [
            _influence(one, known[one.indicator]) for one in sorted(influence, key=lambda one: -one.variance)
        ],
        "undeclared": list(_undeclared(applies, declared, known)),
    }


def compare_self_scores(sessions: Sessions, actor: Actor, query: OneCycle) -> Row:
    """Compare self scores by unit and by assessor; ``query``: {"cycle"}. The
    words are those of analysis/self_scores.py."""
    need(oversees(actor))
    with sessions.begin(actor) as session:
        read_steadily(session)
        frame = Frame.from_json(read_frame(session, actor.bureau, query["cycle"]))
        full = {item.indicator: item.full for item in frame.items}
        records = [
            _record(row, subject, full[row.indicator])
            for row in assessed(session, actor.bureau, query["cycle"])
            if (subject := frame.by_code.get(row.subject)) and full.get(row.indicator)
        ]
        units, assessors = by_unit(records), by_assessor(records)
        known = names(session, actor.bureau, {one.code for one in (*units, *assessors)})
    return {
        "cycle": query["cycle"],
        "declarations": len(records),
        "units": [_group(one, known) for one in units],
        "assessors": [_group(one, known) for one in assessors],
    }


def _applies(frame: Frame, layer: str) -> dict[str, int]:
    """indicator -> to how many subjects of the layer it applies, of those that are declared."""
    counts: dict[str, int] = {}
    for subject in frame.subjects:
        for item in frame.items_of(subject) if subject.layer == layer else ():
            if item.tool in DECLARED:
                counts[item.indicator] = counts.get(item.indicator, 0) + 1
    return counts


def _columns(
    frame: Frame, layer: str, rows: list[Row], scored: Scored
) -> tuple[list[Column], dict[str, Floats], Floats, float]:
    """The items as columns, their categories' weights for each subject, and what of the final score is not the layer's."""
    subjects = [frame.by_code[row["subject"]] for row in rows]
    items: dict[str, Item] = {item.indicator: item for subject in subjects for item in frame.items_of(subject)}
    columns = [
        Column(code, _kind(item, layer), float(item.full), floats(scored.items[one.code].get(code) for one in subjects))
        for code, item in sorted(items.items())
    ]
    kinds = sorted({column.category for column in columns})
    weights = {kind: np.array([_weight_of(frame, kind, one) for one in subjects]) for kind in kinds}
    own = float(frame.model.composite[layer][OWN[layer]])
    rest = floats(row["final"] for row in rows) - own * floats(row["layer_score"] for row in rows)
    return columns, weights or {"common": np.zeros(len(rows))}, rest, own


def _kind(item: Item, layer: str) -> str:
    """A station's professional items belong to one line each, whose weight is the line's."""
    return f"{item.category}/{item.line}" if layer == "station" and item.line != "all" else item.category


def _weight_of(frame: Frame, kind: str, subject: Subject) -> float:
    model = frame.model
    category, _, line = kind.partition("/")
    of_layer = model.weights.get(subject.layer, {})
    if subject.layer != "station":
        return float(of_layer.get(subject.line, {}).get(category, 0))
    lines = model.composite["station_lines"]
    return float(
        sum(weight * of_layer.get(one, {}).get(category, 0) for one, weight in lines.items() if line in ("", one))
    )


def _weight(one: Sensitivity, groups: list[str]) -> Row:
    return {
        "line": None if one.group is None else groups[one.group],
        "weight": one.weight,
        "smallest_change": None if one.smallest is None else f"{one.smallest:+.2f}",
        "seats_at_5_points": one.seats,
        "rank_shift_at_5_points": f"{one.shift:.2f}",
    }


def _influence(one: Influence, item: Item) -> Row:
    return {
        "indicator": one.indicator,
        "name": item.name,
        "category": item.category,
        "subjects": one.subjects,
        "mean_share": f"{one.mean:.3f}",
        "deviation": f"{one.deviation:.3f}",
        "full_marks": one.full_marks,
        "zeros": one.zeros,
        "variance_share": f"{one.variance:.3f}",
        "seats_without": one.seats,
        "verdict": one.verdict,
    }


def _undeclared(applies: dict[str, int], declared: dict[str, int], known: dict[str, Item]) -> Iterable[Row]:
    for code, subjects in sorted(applies.items()):
        there = declared.get(code, 0)
        if there <= RARE * subjects:
            yield {"indicator": code, "name": known[code].name, "subjects": subjects, "declared_by": there}


def _record(row: Any, subject: Subject, full: Any) -> Record:
    return Record(
        subject.code,
        subject.unit,
        row.assessed_by,
        row.indicator,
        float(row.self_points) / float(full),
        float(row.points) / float(full),
    )


def _group(one: Group, known: dict[str, str]) -> Row:
    r = one.correlation
    return {
        "code": one.code,
        "name": known.get(one.code),
        "persons": one.persons,
        "declarations": one.declarations,
        "gap": f"{one.gap:.4f}",
        "difference": f"{one.difference:.4f}",
        "q": f"{one.q:.4f}",
        "correlation": None if r is None else {"r": f"{r[0]:.3f}", "low": f"{r[1]:.3f}", "high": f"{r[2]:.3f}"},
        "verdict": one.verdict,
    }
