"""Beside the ranking: how subjects of different lines compare (T-scores), how sure each seat is, by the weights alone (SMAA) and by
weights, votes and spot checks through all stages, and how small units compare. Task of a worker."""

from decimal import Decimal
from typing import Any

import numpy as np

from services.scoring.analysis.arrays import floats
from services.scoring.analysis.checks import checked_of
from services.scoring.analysis.doubt import Doubted, seat_probabilities
from services.scoring.analysis.leagues import standings
from services.scoring.analysis.seats import Field, Group, seat_shares, verdict
from services.scoring.analysis.tscores import scales
from services.scoring.analysis.votes import vote_errors
from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import oversees
from services.scoring.domain.run import Run
from services.scoring.storage.findings import read_findings
from services.scoring.storage.projections import names
from services.scoring.storage.run_details import points_of
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.guards import need
from services.scoring.usecases.naming import named
from services.scoring.usecases.scoring import hundredths, score_bureau
from services.scoring.usecases.trial_inputs import Inputs, stored_inputs
from shared.actor import Actor
from shared.contracts.scoring.commands.selections import SeatsQuery
from shared.database import Session, Sessions

Row = dict[str, Any]
_HUNDREDTH = Decimal("0.01")
OWN = {"person": "personal", "division": "layer_score", "station": "layer_score"}


def assess_seats(sessions: Sessions, actor: Actor, query: SeatsQuery) -> Row:
    """Assess the seats of a layer; ``query``: {"run", "layer", "draws", "concentration"}. Returns every ranked subject
    with its T-score and the certainty of its seat."""
    need(oversees(actor))
    with sessions.begin(actor) as session:
        run = Runs(session, actor.bureau).get(query["run"])
        rows = [row for row in Scores(session, run.bureau, run.cycle, run.run).all(query["layer"]) if row["rank"]]
        inputs = stored_inputs(session, actor.bureau, run.run)
        frame = Frame.from_json(inputs.raw)
        year = Doubted(
            frame,
            _points(session, run, frame, inputs),
            vote_errors(frame, inputs.dossiers()),
            query["concentration"],
            checked_of(read_findings(session, actor.bureau, run.cycle), inputs.dossiers()),
        )
        return _assessed(session, run, year, query, sorted(rows, key=lambda row: (row["rank"], row["subject"])))


def field_of(frame: Frame, layer: str, rows: list[Row], places: int) -> Field:
    """Return the layer as it competes: a person's or division's line weighs its
    categories, a station its five lines."""
    model = frame.model
    groups = []
    for line in sorted({row["line"] for row in rows}):
        members = [place for place, row in enumerate(rows) if row["line"] == line]
        weights = model.composite["station_lines"] if layer == "station" else model.weights[layer].get(line, {})
        source = "line_scores" if layer == "station" else "categories"
        parts = np.array([floats(rows[place][source].get(name) for name in weights) for place in members])
        groups.append(Group(members, {name: float(weight) for name, weight in weights.items()}, parts))
    composite = {name: float(weight) for name, weight in model.composite[layer].items()}
    components = np.array([floats(row["components"].get(name) for name in composite) for row in rows])
    return Field(
        groups, composite, OWN[layer], components.reshape(len(rows), len(composite)), places, frame.model.commend_from
    )


def margins_of(rows: list[Row], places: int, least: int) -> dict[str, str | None]:
    """Return by how much each final may fall, or has to rise (below 0), until it gives its seat up or has one; the tie chain aside.

    Places that the floor leaves free are there for whoever reaches it.
    """
    finals = {row["subject"]: Decimal(row["final"]) for row in rows}
    inside = [finals[row["subject"]] for row in rows if row["nominated"] or row["tied"]]
    outside = [finals[row["subject"]] for row in rows if not row["nominated"]]
    taken = len(inside) >= places
    falls = max([*outside, Decimal(least) - _HUNDREDTH])
    rises = max(min(inside), Decimal(least)) if inside and taken else Decimal(least) if places else None
    return {
        row["subject"]: _signed(finals[row["subject"]] - falls)
        if row["nominated"]
        else None
        if rises is None
        else _signed(finals[row["subject"]] - rises)
        for row in rows
    }


def _points(session: Session, run: Run, frame: Frame, inputs: Inputs) -> dict[str, list[int]]:
    """Hundredths of each subject's items; runs of before kept none and are scored again."""
    found = points_of(session, run.bureau, run.cycle, run.run) or score_bureau(frame, inputs.dossiers()).items
    return {
        one.code: [hundredths(found[one.code].get(item.indicator)) for item in frame.items_of(one)]
        for one in frame.subjects
    }


def _signed(number: Decimal) -> str:
    return f"{number:+.2f}" if number else "0.00"


def _leagues(session: Session, run: Run, layer: str, rows: list[Row]) -> list[Row]:
    """The units by the own scores of their people: the plain mean, and the one drawn towards the bureau's."""
    scores: dict[str, list[float]] = {}
    for row in rows if layer == "person" else ():
        scores.setdefault(row["unit"], []).append(float(row["layer_score"]))
    known = names(session, run.bureau, scores)
    units = [
        {
            "unit": code,
            "unit_name": known.get(code),
            "members": one.members,
            "mean": f"{one.mean:.2f}",
            "shrunken": f"{one.shrunken:.2f}",
            "own_share": f"{one.own:.2f}",
        }
        for code, one in standings(scores).items()
    ]
    return sorted(units, key=lambda one: (-float(one["shrunken"]), one["unit"]))


def _assessed(session: Session, run: Run, year: Doubted, query: SeatsQuery, rows: list[Row]) -> Row:
    layer, quota, frame = query["layer"], run.summary["quota"][query["layer"]], year.frame
    field = field_of(frame, layer, rows, quota["places"])
    seed = int(run.result_hash[:16], 16)  # the same run gives the same draws
    shares = seat_shares(field, draws=query["draws"], concentration=float(query["concentration"]), seed=seed)
    chances = seat_probabilities(year, layer, draws=query["draws"], seed=seed)
    margins = margins_of(rows, quota["places"], frame.model.commend_from) if rows else {}
    lines: dict[str, list[float]] = {}
    for row in rows:
        lines.setdefault(row["line"], []).append(float(row["layer_score"]))
    measured = scales(lines)
    items = [
        {
            **{
                name: row[name]
                for name in ("subject", "unit", "line", "rank", "final", "layer_score", "nominated", "struck", "tied")
            },
            "t_score": f"{measured[row['line']].t(float(row['layer_score'])):.1f}",
            "seat_share": f"{share:.3f}",
            "probability": f"{chances[row['subject']]:.3f}",
            "margin": margins[row["subject"]],
            "seat": verdict(float(share), nominated=row["nominated"], struck=row["struck"]),
        }
        for row, share in zip(rows, shares, strict=True)
    ]
    about = {
        "run": run.run,
        "layer": layer,
        "quota": quota,
        "draws": query["draws"],
        "concentration": query["concentration"],
    }
    measures = {
        line: {
            "members": one.members,
            "mean": f"{one.mean:.2f}",
            "deviation": f"{one.deviation:.2f}",
            "own_share": f"{one.own:.2f}",
        }
        for line, one in measured.items()
    }
    leagues = _leagues(session, run, layer, rows)
    strata = year.checked.strata
    return {
        **about,
        "lines": measures,
        "units": leagues,
        "checks": {name: sum(getattr(one, name) for one in strata) for name in ("drawn", "wrong", "unseen")},
        "items": named(session, run.bureau, {"items": items})["items"],
    }
